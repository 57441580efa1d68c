import assert from "node:assert/strict";
import fc from "fast-check";
import type { Outcome } from "../engine/simulator/index.js";
import { runText } from "./helpers/marks.js";
import {
  type DeviceName,
  deviceNames,
  type Expected,
  type Guest,
  MACHINE,
  PasidModel,
  SPACES,
  type SpaceName,
  type Stated,
} from "./helpers/pasid-model.js";

/** One random decision; what it means depends on where the model stands. */
interface Draw {
  readonly action: number;
  readonly device: DeviceName;
  readonly space: SpaceName;
  readonly guest: Guest;
  readonly pasid: number;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  action: fc.nat(20),
  device: fc.constantFrom(...deviceNames()),
  space: fc.constantFrom(...SPACES),
  guest: fc.constantFrom<Guest>("A", "B"),
  pasid: fc.nat(5),
});

function state(model: PasidModel, { action, device, space, guest, pasid }: Draw): Stated | undefined {
  switch (action) {
    case 0:
    case 1:
    case 2:
      return model.bind(device, guest);
    case 3:
      return model.unbind(device);
    case 4:
    case 5:
      return model.attach(device, space);
    case 6:
    case 7:
    case 8:
      return model.attachPasid(device, pasid, space);
    case 9:
      return model.detach(device, space);
    case 10:
    case 11:
      return model.detachPasid(device, pasid, space);
    case 12:
    case 13:
      return model.kvmMap(pasid, space);
    case 14:
      return model.kvmUnmap(pasid, guest);
    case 15:
      return model.kvmTranslation(guest, pasid > 0);
    case 16:
      return model.setPasid(guest, pasid === 5 ? undefined : pasid);
    case 17:
      return model.enqcmd(device, guest);
    case 18:
      return model.enqcmds(device, guest, pasid);
    case 19:
      return model.dma(device);
    default:
      return model.dmaPasid(device, pasid);
  }
}

function agrees(expected: Expected, outcome: Outcome | undefined): boolean {
  if (!outcome) return false;
  switch (expected.kind) {
    case "call":
      return expected.errnos.length === 0
        ? outcome.kind === "ok"
        : outcome.kind === "refused" && expected.errnos.includes(outcome.refusal.errno);
    case "reached":
      return (
        outcome.kind === "reached" &&
        outcome.wire.pasid === expected.wire &&
        outcome.space.endsWith(expected.space)
      );
    case "fault":
      // What a software mdev without a space runs into has no entry in any table, so its name is its own.
      if (outcome.kind !== "fault" || outcome.wire.pasid !== expected.wire) return false;
      return outcome.fault.name === expected.name || outcome.fault.stage === "software";
    default:
      return outcome.kind === expected.kind;
  }
}

describe("PASIDs against a naive model of the reference", () => {
  it("gives every number, errno, wire and space as the model does, over 40,000 random steps", () => {
    fc.assert(
      fc.property(fc.array(draw, { minLength: 400, maxLength: 400, size: "max" }), (draws) => {
        const model = new PasidModel();
        const steps = draws.flatMap((each) => state(model, each) ?? []);
        const run = runText(`${MACHINE}scenario "it" {\n${steps.map(({ text }) => text).join("\n")}\n}\n`);
        const results = run.scenarios[0]?.steps ?? [];
        assert.equal(results.length, steps.length, "every statement runs");
        for (const [index, { text, expected }] of steps.entries()) {
          const outcome = results[index]?.outcome;
          if (agrees(expected, outcome)) continue;
          assert.fail(`step ${index}, ${text}: ${JSON.stringify(expected)}, not ${JSON.stringify(outcome)}`);
        }
      }),
      { numRuns: 100, seed: 20210528 },
    );
  });
});
