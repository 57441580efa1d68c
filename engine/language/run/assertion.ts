import {
  capabilityOf,
  kvmEntry,
  type Machine,
  type Platform,
  physicalPasid,
  proveIsolated,
  proveReaches,
} from "../../simulator/index.js";
import type { Assertion } from "../program.js";
import type { AssertionResult } from "./result.js";
import { flagsText, numberText } from "./words.js";

/** What the machine says to an assertion; it changes nothing. */
export function checkAssertion(platform: Platform, machine: Machine, assertion: Assertion): AssertionResult {
  switch (assertion.kind) {
    case "isolated":
      return { kind: "isolated", result: proveIsolated(machine, assertion.a, assertion.b) };
    case "reaches": {
      const { from, memory, offset, length, access } = assertion;
      return { kind: "reaches", result: proveReaches(machine, from, memory, offset, length, access) };
    }
    case "ppasid": {
      const actual = physicalPasid(machine, assertion.device, assertion.pasid);
      return { kind: "value", actual: numberText(actual), expected: numberText(assertion.physical) };
    }
    case "kvm": {
      const actual = kvmEntry(machine, assertion.owner, assertion.pasid);
      return { kind: "value", actual: numberText(actual), expected: numberText(assertion.physical) };
    }
    case "reports":
      return {
        kind: "value",
        actual: flagsText(capabilityOf(platform, assertion.device)),
        expected: flagsText(assertion),
      };
  }
}

export function holds(result: AssertionResult): boolean {
  switch (result.kind) {
    case "isolated":
      return result.result.isolated;
    case "reaches":
      return result.result.reached;
    case "value":
      return result.actual === result.expected;
  }
}
