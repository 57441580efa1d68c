import assert from "node:assert/strict";
import { statusText } from "../../client/status-text.js";
import type { Status } from "../../server/protocol/index.js";

const IDLE: Status = { state: "idle", errors: 0, warnings: 0, failedScenarios: 0 };

describe("the item of the status bar", () => {
  const textOf = (status: Partial<Status>) => statusText({ ...IDLE, ...status }, true).text;

  it("is quiet when all is well", () => {
    assert.equal(textOf({}), "$(check) IOASID");
  });

  it("counts failed scenarios, errors and warnings, and leaves out what there is none of", () => {
    assert.equal(
      textOf({ failedScenarios: 1, errors: 3, warnings: 2 }),
      "$(circuit-board) IOASID $(beaker) 1 $(error) 3 $(warning) 2",
    );
    assert.equal(textOf({ warnings: 1 }), "$(circuit-board) IOASID $(warning) 1");
  });

  it("turns while something is simulated", () => {
    assert.equal(textOf({ state: "simulating", errors: 1 }), "$(sync~spin) IOASID $(error) 1");
  });

  it("says in words what its signs mean, for a pointer and for a screen reader", () => {
    assert.equal(
      statusText({ ...IDLE, failedScenarios: 2, errors: 1, warnings: 1 }, true).tooltip,
      "Every file is simulated as it stands.\n2 scenarios failed.\n1 error and 1 warning.",
    );
    assert.equal(
      statusText(IDLE, true).tooltip,
      "Every file is simulated as it stands.\nNo scenario failed.\nNo errors and no warnings.",
    );
  });

  it("stands out when a scenario failed, and when the server does not run", () => {
    assert.equal(statusText({ ...IDLE, errors: 1 }, true).look, "plain");
    assert.equal(statusText({ ...IDLE, failedScenarios: 1 }, true).look, "error");
    assert.equal(statusText(undefined, false).look, "warning");
    assert.match(statusText(IDLE, false).tooltip, /does not run/);
  });

  it("waits for the first word of the server", () => {
    assert.equal(statusText(undefined, true).text, "$(loading~spin) IOASID");
  });
});
