import { configSchema } from "../../engine/language/index.js";

/** The parts of the schema of `ioasid.config.json` that the setting is made of. */
interface LevelsSchema {
  readonly properties: {
    readonly rules: {
      readonly properties: Readonly<Record<string, { readonly description: string }>>;
    };
  };
  readonly definitions: {
    readonly level: { readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] };
  };
}

/** The setting `ioasid.rules` of the editor: the same levels for the same rules as in `ioasid.config.json`. */
export function rulesSetting(): object {
  const { properties, definitions } = configSchema() as LevelsSchema;
  const rules = Object.entries(properties.rules.properties).map(([id, { description }]) => [
    id,
    { type: "string", enum: definitions.level.enum, description },
  ]);
  return {
    type: "object",
    order: 6,
    default: {},
    additionalProperties: false,
    markdownDescription:
      "A level for each rule that is not to be shown at its own: `off`, `info`, `warning` or `error`. It changes only what is shown. The `ioasid.config.json` of a project comes first, so that everybody who works on it sees the same.",
    properties: Object.fromEntries(rules),
  };
}

/** The name of the setting, as `package.json` contributes it. */
export const RULES_SETTING = "ioasid.rules";

/** A manifest with the setting as the rules make it. */
export function withRulesSetting(manifest: Manifest): Manifest {
  const { contributes } = manifest;
  const { configuration } = contributes;
  const properties = { ...configuration.properties, [RULES_SETTING]: rulesSetting() };
  return { ...manifest, contributes: { ...contributes, configuration: { ...configuration, properties } } };
}

/** What is read of `package.json`. */
export interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

export interface Setting {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}
