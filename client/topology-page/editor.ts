import { reachEditor } from "../page/editor.js";
import type { FromPage, PageState } from "./messages.js";

export const { tell, kept, keep } = reachEditor<FromPage, PageState>();
