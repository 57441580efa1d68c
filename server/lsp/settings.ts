import { DEFAULT_SETTINGS, type Settings } from "../protocol/index.js";

/** Settings as a client sends them, whatever it sends: what is missing or of another type has its default. */
export function settingsFrom(value: unknown): Settings {
  const rules = isObject(value) && isObject(value.rules) ? Object.entries(value.rules) : [];
  return {
    ...(merged(DEFAULT_SETTINGS, value) as unknown as Settings),
    rules: Object.fromEntries(rules.filter((rule): rule is [string, string] => typeof rule[1] === "string")),
  };
}

type Values = { readonly [key: string]: boolean | Values };

function merged(defaults: object, value: unknown): Values {
  const given: Readonly<Record<string, unknown>> = isObject(value) ? value : {};
  const entries = Object.entries(defaults).map(([key, standard]: [string, unknown]) => {
    const found = given[key];
    if (isObject(standard)) return [key, merged(standard, found)];
    return [key, typeof found === typeof standard ? found : standard];
  });
  return Object.fromEntries(entries) as Values;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
