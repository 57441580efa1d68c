import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { COMMANDS, DEFAULT_SETTINGS } from "../../server/protocol/index.js";
import { type Manifest, RULES_SETTING, rulesSetting, type Setting } from "../docs/settings.js";

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}

interface View {
  readonly id: string;
  readonly icon: string;
  readonly when?: string;
}

interface MenuItem {
  readonly command?: string;
  readonly when?: string;
}

interface Contributions {
  readonly commands: readonly Command[];
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  readonly keybindings: readonly MenuItem[];
  readonly languages: readonly {
    readonly icon: Readonly<Record<string, string>>;
    readonly configuration: string;
  }[];
  readonly grammars: readonly { readonly path: string }[];
  readonly snippets: readonly { readonly path: string }[];
  readonly viewsContainers: Readonly<Record<string, readonly View[]>>;
  readonly views: Readonly<Record<string, readonly View[]>>;
  readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[];
  readonly jsonValidation: readonly { readonly url: string }[];
}

interface Package extends Manifest {
  readonly icon: string;
  readonly contributes: Manifest["contributes"] & Contributions;
  readonly activationEvents: readonly string[];
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Package;
const { contributes } = manifest;
const { properties } = contributes.configuration;

/** The value of a setting in an object of settings: `ioasid.inlayHints.kvm` is `inlayHints.kvm` of it. */
function valueAt(settings: object, name: string): unknown {
  return name
    .split(".")
    .slice(1)
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)?.[key], settings);
}

/** Names of all settings that an object has values for. */
function namesIn(settings: object, prefix = "ioasid"): string[] {
  return Object.entries(settings).flatMap(([key, value]: [string, unknown]) => {
    const name = `${prefix}.${key}`;
    const isGroup = typeof value === "object" && value !== null && name !== RULES_SETTING;
    return isGroup ? namesIn(value, name) : [name];
  });
}

describe("the settings of the extension", () => {
  it("give each rule its level by the table of rules: after a change of them, run `npm run docs`", () => {
    assert.deepEqual(properties[RULES_SETTING], JSON.parse(JSON.stringify(rulesSetting())));
  });

  it("are those that the server reads, with the defaults that it has", () => {
    const read = namesIn(DEFAULT_SETTINGS);
    const contributed = Object.keys(properties).filter((name) => !name.startsWith("ioasid.trace."));
    assert.deepEqual(contributed.sort(), read.sort());
    for (const name of read) {
      assert.deepEqual((properties[name] as Setting).default, valueAt(DEFAULT_SETTINGS, name), name);
    }
  });

  it("are all described", () => {
    for (const [name, { description, markdownDescription }] of Object.entries(properties)) {
      assert.match(markdownDescription ?? description ?? "", /^[A-Z].*\.$/s, name);
    }
  });
});

describe("the commands of the extension", () => {
  const ids = contributes.commands.map(({ command }) => command);

  it("are all named once, in one category", () => {
    assert.deepEqual([...new Set(ids)], ids);
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, "IOASID", command);
      assert.match(title, /^[A-Z]/, command);
    }
  });

  it("include every one that a person can give; the others stand in lenses alone", () => {
    const inLenses: readonly string[] = [COMMANDS.showPlaces];
    const missing = Object.values(COMMANDS).filter((id) => !ids.includes(id) && !inLenses.includes(id));
    assert.deepEqual(missing, []);
  });

  it("are the only ones in menus and behind keys", () => {
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    for (const { command } of items) if (command) assert.ok(ids.includes(command), command);
  });

  it("that are about the file in the editor are offered only where one is open", () => {
    const palette = new Map(contributes.menus.commandPalette?.map(({ command, when }) => [command, when]));
    for (const id of [
      COMMANDS.run,
      COMMANDS.runScenario,
      COMMANDS.showReport,
      COMMANDS.showCapabilities,
      COMMANDS.port,
      COMMANDS.fixAll,
    ]) {
      assert.match(palette.get(id) ?? "", /\beditorLangId == ioasid\b/, id);
    }
  });

  it("have a condition in every menu of an editor or of the explorer", () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      if (!/^(editor|explorer)\//.test(menu)) continue;
      for (const { command, when } of items) assert.ok(when, `${command} in ${menu}`);
    }
  });
});

describe("the views of the extension", () => {
  const views = Object.values(contributes.views).flat();

  it("have a container of their own, or that of the debugger, and the pictures that they name", () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    assert.deepEqual(
      Object.keys(contributes.views).sort(),
      [...containers.map(({ id }) => id), "debug"].sort(),
    );
    for (const { icon } of [...containers, ...views]) assert.ok(existsSync(icon), icon);
  });

  it("of the debugger are there while a scenario is debugged, and only then", () => {
    const { debug = [], ioasidTables = [] } = contributes.views;
    for (const { id, when } of [...debug, ...ioasidTables]) {
      assert.equal(when, "inDebugMode && debugType == ioasid", id);
    }
  });

  it("say something when there is nothing to show: without a state, and with one", () => {
    const said = (view: string, when: string): boolean =>
      contributes.viewsWelcome.some((each) => each.view === view && each.when === when);
    for (const { id } of contributes.views.ioasid ?? []) {
      assert.ok(said(id, "!ioasid.views.hasState"), id);
      assert.ok(said(id, "ioasid.views.hasState"), id);
    }
  });
});

describe("the files that the manifest names", () => {
  const [language] = contributes.languages;
  const paths = [
    manifest.icon,
    ...Object.values(language?.icon ?? {}),
    language?.configuration ?? "",
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.snippets.map(({ path }) => path),
    ...contributes.jsonValidation.map(({ url }) => url),
  ];
  for (const path of paths) it(`include ${path}`, () => assert.ok(existsSync(path)));
});

describe("the activation of the extension", () => {
  it("waits for a file of the language, a command or a view, which activate by themselves, or a page that comes back", () => {
    const pages = ["onWebviewPanel:ioasid.report", "onWebviewPanel:ioasid.topology"];
    assert.deepEqual(manifest.activationEvents, pages);
  });
});
