import type { FromPage, PageState } from "./messages.js";

/** What the editor gives to the script of a page. */
interface Api {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();

/** Says something to the extension. */
export function tell(message: FromPage): void {
  api.postMessage(message);
}

/** What the page kept when it was last there. */
export function kept(): PageState {
  return api.getState() ?? {};
}

/** Keeps some more, beside what is kept already. */
export function keep(more: PageState): void {
  api.setState({ ...kept(), ...more });
}
