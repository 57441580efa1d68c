import { RULES, type Rule } from "../rules/index.js";
import { CONFIG_FILE, POLICIES } from "./config.js";
import { LEVELS, obstacleToLevel, rulesWithout } from "./switches.js";

/** The JSON schema of `ioasid.config.json`, made of the rules themselves, for editors and other tools. */
export function configSchema(): object {
  const rules = rulesWithout(obstacleToLevel).map((id) => [id, levelOf(RULES.get(id)!)]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: CONFIG_FILE,
    description:
      "How the findings of ioasid are shown, and what holds for files that do not say it themselves.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "The address of this schema." },
      rules: {
        description:
          "A level for each rule that is not to be shown at its own. It changes only what is shown.",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(rules),
      },
      policy: {
        description: "The pasid-policy of files whose `uapi` states none.",
        enum: POLICIES,
        default: "precise",
      },
    },
    definitions: {
      level: {
        enum: LEVELS,
        enumDescriptions: [
          "Not shown.",
          "Shown as information.",
          "Shown as a warning.",
          "Shown as an error: the exit status is 1.",
        ],
      },
    },
  };
}

/** Draft 7 passes over what stands beside a `$ref`, so the description has to be outside of it. */
function levelOf({ title, severity }: Rule): object {
  const own = severity === "information" ? "info" : severity;
  return { description: `${title} (${own} by default)`, allOf: [{ $ref: "#/definitions/level" }] };
}
