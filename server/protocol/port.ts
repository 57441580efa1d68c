/** Client to server: a file as it would be behind another interface. */
export const PORT = "ioasid/port";
export interface PortParams {
  readonly uri: string;
  readonly to: "iommufd" | "rfc-v2";
}
export type PortResult =
  | {
      readonly state: "ported";
      readonly text: string;
      /** What could not be brought along, as text for people; empty where everything could. */
      readonly findings: string;
    }
  /** A sentence that says why there is no text. */
  | { readonly state: "refused"; readonly reason: string };
