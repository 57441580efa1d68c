import type { Page, StateItem } from "../../server/protocol/index.js";

/** Items of a list that are shown at first, and that are added when somebody asks for more. */
const FIRST_ITEMS = 100;
const MORE_ITEMS = 500;

/** Gives items of a list of the present state. @throws when there is nobody to ask */
type Fetch = (list: string, from: number, count: number) => Promise<readonly StateItem[]>;

/** The lists of a state that come in pages: what is known of them, and how much of each somebody wants to see. */
export class Lists {
  /** Items beyond the pages of the present state, by list. */
  private more = new Map<string, StateItem[]>();
  private readonly wanted = new Map<string, number>();

  constructor(private readonly fetch: Fetch) {}

  /** The items of a list, as many of them as are shown. @throws when they cannot be had */
  async itemsOf(page: Page<StateItem>): Promise<readonly StateItem[]> {
    const most = Math.max(page.items.length, FIRST_ITEMS, this.wanted.get(page.list) ?? 0);
    const known = [...page.items, ...(this.more.get(page.list) ?? [])];
    const missing = Math.min(most, page.total) - known.length;
    return missing > 0 ? [...known, ...(await this.fetched(page.list, known.length, missing))] : known;
  }

  /** Wants more items of a list. @param shown how many are shown by now */
  want(list: string, shown: number): void {
    this.wanted.set(list, shown + MORE_ITEMS);
  }

  /** The state is another one; as much of it is shown. */
  renew(): void {
    this.more = new Map();
  }

  /** Nothing that was wanted counts any more. */
  forget(): void {
    this.wanted.clear();
    this.renew();
  }

  private async fetched(list: string, from: number, count: number): Promise<readonly StateItem[]> {
    const { more } = this;
    const items = await this.fetch(list, from, count);
    // What comes late is of another state than the one that is shown, and stays in its map.
    more.set(list, [...(more.get(list) ?? []), ...items]);
    return items;
  }
}
