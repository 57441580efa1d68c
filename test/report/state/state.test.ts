import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { analyzeAgain, runToEnd, type Span } from "../../../engine/language/index.js";
import {
  type State,
  type StateItem,
  type StatePage,
  stateOf,
  statePage,
} from "../../../engine/report/index.js";
import { analysisOf, viewOf } from "../../services/view.js";

/** The state of a text, each place told by the text that stands there. */
function stateIn(text: string, scenario?: string) {
  const { result } = viewOf(text);
  assert.ok(result);
  const place = ({ start, end }: Span) => text.slice(start, end);
  return { result, place, state: stateOf(result, scenario, place) };
}

const HARDWARE = `
  iommu vtd { pasid-width 20  nesting hardware }
  cpu { enqcmd  pasid-translation }
  pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
  mdev wq0 on dsa { category 5  queue shared }
  mdev wq1 on dsa { category 5  queue shared }
  pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

const GUEST = `${HARDWARE}
  guest vm0 {
    memory ram at 0x4000_0000 + 1G
    bind wq0  bind nic
    ioasid gpa
    attach wq0 -> gpa  attach nic -> gpa
    map gpa 0x0 + 2M -> ram[0x20_0000] rw
    ioasid gva on gpa page-table
    attach wq0 pasid 7 -> gva
    attach nic pasid 7 -> gva
    pte gva 0x10_0000 + 4K -> 0x1000 r
    kvm map pasid 7 -> gva
  }
`;

describe("the state of the devices", () => {
  it("lists them by category, with what they report and what that asks of their user", () => {
    const { devices } = stateIn(GUEST).state;
    assert.deepEqual(
      devices.map(({ category, devices: { items } }) => [category, ...items.map(({ name }) => name)]),
      [
        [3, "nic"],
        [5, "wq0", "wq1"],
        [undefined, "dsa"],
      ],
    );
    const [wq0] = devices[1]!.devices.items;
    assert.deepEqual(wq0, {
      kind: "device",
      name: "wq0",
      form: "mdev",
      category: 5,
      rid: "6a:01.0",
      parent: "dsa",
      iommu: "vtd",
      queue: "shared",
      owners: ["vm0"],
      reports: "pasid cpu cpu-virt",
      width: 20,
      duty: "give a vPASID, and call KVM to map it before ENQCMD",
      defPasid: 1,
      problems: [],
      place: "mdev wq0",
    });
  });

  it("tells what was found about a device: of its declaration, of calls about it, and of what is missing", () => {
    const { devices } = stateIn(`${HARDWARE}
      pdev old at 01:00.0 behind vtd { category 0  exec }
      guest vm0 {
        bind old  bind wq0  ioasid gpa  attach old -> gpa  attach wq0 -> gpa
        attach old pasid 7 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 -> gva
      }
    `).state;
    const problems = new Map(
      devices.flatMap(({ devices: { items } }) =>
        items.map((item) => [item.name, item.problems.map(({ code, place }) => `${code} ${place}`)]),
      ),
    );
    assert.deepEqual(problems.get("old"), ["P001 attach old pasid 7 -> gpa", "C003 pdev old"]);
    assert.deepEqual(problems.get("wq0"), ["P010 attach wq0 pasid 7 -> gva"]);
    assert.deepEqual(problems.get("nic"), []);
  });

  it("tells the same of a text that was compiled again after an edit before the device", () => {
    const text = (size: string) => `${HARDWARE}
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        ioasid gpa
        map gpa 0x0 + ${size} -> ram
      }
      pdev old at 01:00.0 behind vtd { category 0  pasid-width 20  page-requests }
    `;
    const [before, after] = [text("2M"), text("0x20_0000")];
    const host = { read: () => after, resolve: () => ({ error: "There is none." }) };
    const { program } = analyzeAgain(analysisOf(before), host);
    const place = ({ start, end }: Span) => after.slice(start, end);
    const { devices } = stateOf(runToEnd(program), undefined, place);
    assert.deepEqual(devices, stateIn(after).state.devices);
    assert.ok(JSON.stringify(devices).includes("C00"), "something is wrong with the device");
  });
});

describe("the state of the IOASIDs", () => {
  it("is a tree of what is nested on what", () => {
    const { owners } = stateIn(GUEST).state;
    const [vm0] = owners.items;
    assert.equal(vm0?.name, "vm0");
    const [gpa] = vm0.spaces.items;
    assert.deepEqual([gpa?.name, gpa?.id, gpa?.managed], ["gpa", 1, "kernel-managed"]);
    const [gva] = gpa!.children.items;
    assert.deepEqual([gva?.name, gva?.managed, gva?.globalPasid], ["gva", "page table of the guest", 3]);
  });

  it("has the attachments of each with their routing", () => {
    const [gpa] = stateIn(GUEST).state.owners.items[0]!.spaces.items;
    assert.deepEqual(gpa?.attachments.items, [
      {
        kind: "attachment",
        device: "wq0",
        pasid: undefined,
        ppasid: 1,
        routing: "pPASID 1 · global · RID 6a:01.0",
        routed: true,
        place: "attach wq0 -> gpa",
      },
      {
        kind: "attachment",
        device: "nic",
        pasid: undefined,
        ppasid: undefined,
        routing: "no PASID · RID 3b:00.0",
        routed: true,
        place: "attach nic -> gpa",
      },
    ]);
    assert.deepEqual(
      gpa?.children.items[0]?.attachments.items.map(({ device, pasid, ppasid }) => [device, pasid, ppasid]),
      [
        ["wq0", 7, 3],
        ["nic", 7, 7],
      ],
    );
  });

  it("has what is mapped: memory in a root, addresses of the parent in a child", () => {
    const [gpa] = stateIn(GUEST).state.owners.items[0]!.spaces.items;
    const mapped = ({ items }: StatePage<StateItem<string>>) =>
      items.map((item) => item.kind === "mapping" && [item.range, item.target, item.access, item.place]);
    assert.deepEqual(mapped(gpa!.mappings), [
      ["0x0 + 2M", "ram[0x200000]", "rw", "map gpa 0x0 + 2M -> ram[0x20_0000] rw"],
    ]);
    assert.deepEqual(mapped(gpa!.children.items[0]!.mappings), [
      ["0x100000 + 4K", "0x1000", "r", "pte gva 0x10_0000 + 4K -> 0x1000 r"],
    ]);
  });

  it("says that a child took over a device that stays attached to the parent", () => {
    const [gpa] = stateIn(`${HARDWARE}
      guest vm0 { bind nic  ioasid gpa  attach nic -> gpa  ioasid gva on gpa page-table  attach nic -> gva }
    `).state.owners.items[0]!.spaces.items;
    assert.equal(gpa?.attachments.items[0]?.routed, false);
    assert.equal(gpa?.children.items[0]?.attachments.items[0]?.routed, true);
  });

  it("has the entries that a guest wrote in its own PASID table", () => {
    const { owners, pasidTables } = stateIn(`
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev npu at 01:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        bind npu  ioasid gpa  attach npu -> gpa
        ioasid cds on gpa pasid-table
        ioasid app on gpa page-table
        attach npu -> cds
        entry cds 5 -> app
      }
    `).state;
    const [cds] = owners.items[0]!.spaces.items[0]!.children.items;
    assert.deepEqual(cds?.entries.items, [
      { kind: "entry", pasid: 5, space: "vm0.app", place: "entry cds 5 -> app" },
    ]);
    assert.deepEqual(
      pasidTables.items[0]?.entries.items.map(({ ppasid, use, pool }) => [ppasid, use, pool]),
      [
        [undefined, "default space", ""],
        [5, "guest's own entry", "the guest's"],
      ],
    );
  });

  it("of two spaces with one name, blames the one that the call was about", () => {
    const { owners } = stateIn(`${HARDWARE}
      guest vm0 { memory ram at 0x0 + 1G  bind nic  ioasid gpa  attach nic -> gpa }
      guest vm1 { memory ram at 0x0 + 1G  bind wq1  ioasid gpa  attach wq1 -> gpa  unmap gpa 0x0 + 4K }
    `).state;
    const problems = owners.items.map(({ spaces }) => spaces.items[0]?.problems.map(({ code }) => code));
    assert.deepEqual(problems, [[], ["U004"]]);
  });
});

describe("the state of the PASID tables", () => {
  it("has every present entry, by requester id and number", () => {
    const { pasidTables } = stateIn(GUEST).state;
    assert.deepEqual(
      pasidTables.items.map(({ rid, device, iommu, entries }) => [
        rid,
        device,
        iommu,
        ...entries.items.map((entry) => `${entry.ppasid} ${entry.vpasid} ${entry.device} ${entry.space}`),
      ]),
      [
        ["6a:01.0", "dsa", "vtd", "1 undefined wq0 vm0.gpa", "3 7 wq0 vm0.gva"],
        ["3b:00.0", "nic", "vtd", "undefined undefined nic vm0.gpa", "7 7 nic vm0.gva"],
      ],
    );
    assert.equal(pasidTables.items[0]?.place, "pdev dsa");
    assert.equal(pasidTables.items[0]?.entries.items[1]?.place, "attach wq0 pasid 7 -> gva");
  });
});

describe("the state of the KVM PASID mappings", () => {
  const guestWith = (statements: string) => `${HARDWARE}
    guest vm0 {
      bind wq0  bind wq1  ioasid gpa  attach wq0 -> gpa  attach wq1 -> gpa
      ioasid one on gpa page-table
      ioasid two on gpa page-table
      ${statements}
    }
  `;
  const mappings = (text: string) =>
    stateIn(text).state.guests.items.flatMap(({ name, translation, mappings: { items } }) => [
      `${name} ${translation}`,
      ...items.map(({ vpasid, state, slot, needs, statement }) =>
        [vpasid, state, slot?.ppasid, needs.map(({ device }) => device).join("+"), statement].join(" "),
      ),
    ]);

  it("joins what is there with what is needed, by vPASID", () => {
    assert.deepEqual(
      mappings(
        guestWith(`
          attach wq0 pasid 7 -> one
          attach wq0 pasid 8 -> two
          kvm map pasid 7 -> one
          kvm map pasid 9 -> two
        `),
      ),
      ["vm0 on", "7 present 3 wq0 ", "8 missing  wq0 kvm map vm0 pasid 8 -> vm0.two", "9 unneeded 4  "],
    );
  });

  it("shows a slot that holds the number of another device's space", () => {
    const text = guestWith("attach wq0 pasid 7 -> one  attach wq1 pasid 7 -> two  kvm map pasid 7 -> one");
    assert.deepEqual(mappings(text), ["vm0 on", "7 conflict 3 wq0+wq1 "]);
    const [mapping] = stateIn(text).state.guests.items[0]!.mappings.items;
    assert.deepEqual(mapping?.slot, {
      ppasid: 3,
      space: "one",
      directory: "low",
      directoryIndex: 0,
      tableIndex: 7,
    });
    assert.deepEqual(
      mapping?.needs.map(({ device, ppasid, place }) => [device, ppasid, place]),
      [
        ["wq0", 3, "attach wq0 pasid 7 -> one"],
        ["wq1", 4, "attach wq1 pasid 7 -> two"],
      ],
    );
  });

  it("is empty where no guest has to do with it", () => {
    assert.deepEqual(stateIn(HARDWARE).state.guests.items, []);
  });
});

describe("the state", () => {
  it("can be that at the end of a scenario", () => {
    const text = `${GUEST}
      scenario "undone" { kvm unmap vm0 pasid 7  detach wq0 pasid 7 from vm0.gva }
    `;
    const states = [stateIn(text).state, stateIn(text, "undone").state, stateIn(text, "gone").state];
    assert.deepEqual(
      states.map(({ scenario, guests }) => [scenario, guests.total]),
      [
        [undefined, 1],
        ["undone", 0],
        [undefined, 1],
      ],
    );
    assert.deepEqual(states[0]?.scenarios, [{ title: "undone", passed: true }]);
  });

  it("of every example has a place for every item", () => {
    for (const name of ["guest-sva", "rfc-5-7-pasid-table", "smmuv3", "two-guests"]) {
      const { state } = stateIn(readFileSync(`examples/${name}.ioasid`, "utf8"));
      const places = JSON.stringify(state).match(/"place":"[^"]/g) ?? [];
      assert.equal(places.length, JSON.stringify(state).match(/"place":/g)?.length);
    }
  });

  it("cuts long lists, and has the rest of them page by page", () => {
    const lines = Array.from({ length: 900 }, (_, index) => `attach nic pasid ${index + 1} -> gpa`);
    const text = `${HARDWARE}\nguest vm0 { bind nic  ioasid gpa  attach nic -> gpa\n${lines.join("\n")}\n}`;
    const { state, result, place } = stateIn(text);
    const { list, items, total } = state.pasidTables.items[0]!.entries;
    assert.deepEqual([items.length, total], [200, 901]);
    const rest = statePage(result, { scenario: undefined, list, from: 880, count: 100 }, place);
    assert.deepEqual([rest.from, rest.items.length, rest.total], [880, 21, 901]);
    const [first] = rest.items;
    assert.equal(first?.kind === "pasid-entry" && first.ppasid, 880);
    assert.equal(
      statePage(result, { scenario: undefined, list: "mappings:77", from: 0, count: 9 }, place).total,
      0,
    );
  });

  it("names each of its lists so that the whole list can be asked for", () => {
    const { state, result, place } = stateIn(readFileSync("examples/two-guests.ioasid", "utf8"));
    const pages = pagesOf(state);
    assert.ok(pages.length > 10);
    for (const page of pages) {
      const asked = { scenario: undefined, list: page.list, from: 0, count: 1000 };
      assert.deepEqual(statePage(result, asked, place), page, page.list);
    }
  });
});

/** Every page of a state, however deep. */
function pagesOf(state: State<string>): StatePage<StateItem<string>>[] {
  const found: StatePage<StateItem<string>>[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("list" in value) found.push(value as StatePage<StateItem<string>>);
    for (const each of Object.values(value)) look(each);
  };
  look(state);
  return found;
}
