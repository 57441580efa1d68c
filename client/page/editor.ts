/** What the editor gives to the script of a page, once. */
interface Api<From, State> {
  postMessage(message: From): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<From, State>(): Api<From, State>;

/** The extension as its page sees it. */
export interface Editor<From, State> {
  /** Says something to the extension. */
  tell(message: From): void;
  /** What the page kept when it was last there. */
  kept(): Partial<State>;
  /** Keeps some more, beside what is kept already. */
  keep(more: Partial<State>): void;
}

/** Reaches the extension from a page; a page does so once. */
export function reachEditor<From, State extends object>(): Editor<From, State> {
  const api = acquireVsCodeApi<From, Partial<State>>();
  const kept = (): Partial<State> => api.getState() ?? {};
  return {
    tell: (message) => api.postMessage(message),
    kept,
    keep: (more) => api.setState({ ...kept(), ...more }),
  };
}
