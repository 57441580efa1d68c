import assert from "node:assert/strict";
import { compile } from "../../../engine/language/index.js";
import { compileText, hostOf, relatedOf, told } from "../lowering/host.js";

describe("an import", () => {
  const platform = `iommu vtd { }\npdev nic at 3b:00.0 { category 0 }\n`;

  it("brings the declarations and the owner blocks of the file", () => {
    const tenant = `${platform}guest tenant { ioasid gpa }\nscenario "of the other file" { free gpa }`;
    const program = compileText(`import "tenant.ioasid"\nguest vm0 { bind nic }`, {
      "tenant.ioasid": tenant,
    });
    assert.deepEqual(told(program), []);
    assert.deepEqual(
      program.platform.owners.map(({ name }) => name),
      ["tenant", "vm0"],
    );
    assert.deepEqual(
      program.start.map(({ imported, span }) => [imported, span.file]),
      [
        [true, "tenant.ioasid"],
        [false, "main.ioasid"],
      ],
    );
  });

  it("brings no scenarios", () => {
    const program = compileText(`import "a"`, { a: `guest vm0 { ioasid gpa }\nscenario "a" { free gpa }` });
    assert.deepEqual(program.scenarios, []);
    assert.deepEqual(told(program), []);
  });

  it("counts in its place, so that device numbers follow the reading order", () => {
    const text = `iommu vtd { }\npdev one at 01:00.0 { }\nimport "a"\npdev three at 03:00.0 { }`;
    const { platform: built } = compileText(text, { a: "pdev two at 02:00.0 { }" });
    assert.deepEqual(
      built.devices.map(({ name }) => name),
      ["one", "two", "three"],
    );
  });

  it("is read once, however many files want it", () => {
    const files = { a: `import "c"`, b: `import "c"`, c: platform };
    assert.deepEqual(told(compileText(`import "a"\nimport "b"\nimport "c"`, files)), []);
  });

  it("keeps its own diagnostics in its own file", () => {
    assert.deepEqual(told(compileText(`import "a"`, { a: "guest vm0 { bind nix }" })), [`S040 "nix" in a`]);
  });

  it("gives its text to whoever shows diagnostics, the root file first", () => {
    const program = compileText(`import "a"`, { a: platform });
    assert.deepEqual([...program.sources.keys()], ["main.ioasid", "a"]);
  });
});

describe("an import that cannot be", () => {
  const messages = (text: string, files: Record<string, string> = {}): string[] =>
    compileText(text, files).diagnostics.map(({ code, message }) => `${code} ${message}`);

  it("is told at its string, with the host's own sentence", () => {
    const program = compileText(`import "gone.ioasid"\nguest vm0 { ioasid gpa }`);
    assert.deepEqual(told(program), [`S044 ""gone.ioasid""`]);
    assert.match(program.diagnostics[0]?.message ?? "", /"gone\.ioasid" does not exist\./);
    assert.equal(program.start.length, 1);
  });

  it("is outside of the workspace folder", () => {
    assert.match(
      messages(`import "../../etc/passwd"`)[0] ?? "",
      /S044 .* is outside of the workspace folder\./,
    );
  });

  it("is a directory", () => {
    const host = {
      read: (path: string) =>
        path === "main" ? `import "platforms"` : { error: `"${path}" is a directory.` },
      resolve: (_from: string, target: string) => target,
    };
    assert.match(compile("main", host).diagnostics[0]?.message ?? "", /"platforms" is a directory\./);
  });

  it("is the file itself", () => {
    assert.match(messages(`import "main.ioasid"`)[0] ?? "", /S045 "main\.ioasid" imports itself\./);
  });

  it("comes back to an importer: the whole cycle is shown, and everything is still read once", () => {
    const files = { a: `import "b"\niommu one { }`, b: `import "a"\niommu two { }` };
    const program = compileText(`import "a"`, files);
    assert.deepEqual(told(program), [`S045 ""a"" in b`]);
    assert.match(program.diagnostics[0]?.message ?? "", /"a" leads back to here: a -> b -> a\./);
    assert.deepEqual(
      program.platform.iommus.map(({ name }) => name),
      ["two", "one"],
    );
  });

  it("is written for another uAPI version", () => {
    const program = compileText(`import "old"`, { old: "uapi v1 { }" });
    assert.deepEqual(told(program), [`S046 ""old""`]);
    assert.deepEqual(relatedOf(program, program.diagnostics[0]), [`"v1": old is written for v1`]);
    assert.deepEqual(told(compileText(`uapi v1 { }\nimport "old"`, { old: "uapi v1 { }" })), []);
  });

  it("is the root file: the program is empty, and says why", () => {
    const program = compile("gone", hostOf({}));
    assert.deepEqual(
      program.diagnostics.map(({ code }) => code),
      ["S044"],
    );
    assert.deepEqual(program.start, []);
  });
});
