import type { Errno, FaultName } from "../../simulator/index.js";
import type { Access, At, Name, NumberLiteral, PasidArgument, Region, Word } from "./tree-leaves.js";

/** A device, `DEV pasid N`, `DEV pasid any`, or an owner: which of the two a bare name is, its declaration tells. */
export interface EndpointNode extends At {
  readonly kind: "endpoint";
  readonly name: Name;
  /** `pasid` was written. */
  readonly qualified: boolean;
  readonly pasid: NumberLiteral | Word<"any"> | undefined;
}

/** `reports DEV none | pasid [delegated] [cpu] [cpu-virt]`. */
export type ReportWord = "none" | "pasid" | "delegated" | "cpu" | "cpu-virt";

export type Assertion =
  | (At & {
      readonly kind: "isolated";
      readonly a: EndpointNode | undefined;
      readonly b: EndpointNode | undefined;
    })
  | (At & {
      readonly kind: "reaches";
      readonly from: EndpointNode | undefined;
      readonly region: Region | undefined;
      readonly access: Access | undefined;
    })
  | (At & {
      readonly kind: "ppasid";
      readonly device: Name | undefined;
      readonly pasid: PasidArgument | undefined;
      readonly value: NumberLiteral | Word<"none"> | undefined;
    })
  | (At & {
      readonly kind: "kvm";
      readonly owner: Name | undefined;
      readonly pasid: PasidArgument | undefined;
      readonly value: NumberLiteral | Word<"none"> | undefined;
    })
  | (At & {
      readonly kind: "reports";
      readonly device: Name | undefined;
      readonly flags: readonly Word<ReportWord>[];
    });

/** `=> OUTCOME [wire N|none]`. */
export interface Outcome extends At {
  readonly kind: "outcome";
  readonly result: OutcomeResult | undefined;
  readonly wire: NumberLiteral | Word<"none"> | undefined;
}

/** What stands after `=>`. */
export type OutcomeResult =
  | (At & { readonly kind: "ok" | "page-request" | "gp" | "refused" })
  | (At & { readonly kind: "errno"; readonly errno: Errno })
  /** A memory's region, or the whole of it. */
  | Region
  /** A host-physical address. */
  | NumberLiteral
  /** Neither a name nor a code: any fault. */
  | (At & {
      readonly kind: "fault";
      readonly name: FaultName | undefined;
      readonly code: NumberLiteral | undefined;
    })
  | (At & { readonly kind: "vm-exit"; readonly reason: 72 | 73 | undefined });
