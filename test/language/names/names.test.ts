import assert from "node:assert/strict";
import { compileText, HARDWARE, relatedOf, told } from "../lowering/host.js";

const message = (text: string): string =>
  compileText(text)
    .diagnostics.map((each) => each.message)
    .join("\n");

describe("a name that nothing declares", () => {
  it("is said with what its place needs, and with the name that it is like", () => {
    const program = compileText(`${HARDWARE}guest vm0 { bind nci }`);
    assert.deepEqual(told(program), [`S040 "nci"`]);
    assert.equal(
      program.diagnostics[0]?.message,
      `"nci" is not declared for vm0; a device is needed here. Did you mean "nic"?`,
    );
  });

  it("is not taken for something of another kind", () => {
    assert.match(message(`${HARDWARE}guest vm0 { ioasid nico  bind nico1 }`), /"nico1" is not declared/);
    assert.doesNotMatch(message(`${HARDWARE}guest vm0 { ioasid hpet  bind hpex }`), /hpet/);
  });

  it("of another owner is offered with its owner in front", () => {
    const text = `${HARDWARE}guest vm0 { ioasid gpa }\nguest vm1 { bind nic  attach nic -> gpa }`;
    assert.match(
      message(text),
      /"gpa" is not declared for vm1; an IOASID is needed here\. Did you mean "vm0\.gpa"\?/,
    );
  });

  it("behind a dot is looked up in that owner alone", () => {
    const text = `${HARDWARE}guest vm0 { ioasid gpa }\nguest vm1 { ioasid gva }\nscenario "s" { free vm0.gva }`;
    assert.deepEqual(told(compileText(text)), [`S040 "gva"`]);
    assert.match(message(text), /"gva" is not declared for vm0; .* Did you mean "vm1\.gva"\?/);
    assert.match(message(text.replace("vm0.gva", "vm0.gpb")), /Did you mean "gpa"\?/);
  });

  it("is said once where it stands before the dot", () => {
    const text = `${HARDWARE}guest vm0 { ioasid gpa }\nscenario "s" { free vm9.gpa }`;
    assert.deepEqual(told(compileText(text)), [`S040 "vm9"`]);
  });
});

describe("a name of another kind", () => {
  it("says what it is, what is needed, and where it is declared", () => {
    const program = compileText(`${HARDWARE}guest vm0 { bind vtd }`);
    assert.deepEqual(told(program), [`S042 "vtd"`]);
    assert.match(program.diagnostics[0]?.message ?? "", /"vtd" is an IOMMU, and a device is needed here/);
    assert.deepEqual(relatedOf(program, program.diagnostics[0]), [`"vtd": "vtd" is declared here`]);
  });

  it("may be the name of something else of the right kind", () => {
    const text = `${HARDWARE}guest vm0 { memory nic at 0x0 + 1M  bind nic }`;
    assert.deepEqual(told(compileText(text)), []);
  });
});

describe("an object of iommufd", () => {
  const start = `uapi iommufd\n${HARDWARE}`;

  it("is not called an IOASID", () => {
    assert.match(message(`${start}guest vm0 { bind vm0 }`), /"vm0" is a guest/);
    for (const [making, words] of [
      ["ioas x", "an IOAS"],
      ["hwpt x on gpa for nic", "an HWPT"],
      ["fault-queue x", "a fault queue"],
    ]) {
      const text = `${start}guest vm0 { ioas gpa  bind nic  ${making}  bind x }`;
      assert.match(message(text), new RegExp(`"vm0.x" is ${words}, and a device is needed here`));
    }
  });

  it("is asked for as one, wherever one of several kinds may stand", () => {
    const text = `${start}guest vm0 { memory ram at 0x0 + 1M  bind nic  attach nic -> ram  attach nic -> rom }`;
    assert.match(message(text), /"vm0.ram" is a memory, and an object of iommufd is needed here/);
    assert.match(message(text), /"rom" is not declared for vm0; an object of iommufd is needed here/);
  });

  it("gives its name away by `destroy`", () => {
    assert.deepEqual(told(compileText(`${start}guest vm0 { ioas a  destroy a  ioas a }`)), []);
    const twice = compileText(`${start}guest vm0 { ioas a  ioas a }`);
    assert.deepEqual(told(twice), [`S043 "a"`]);
    const facts = { name: "vm0.a", kind: "an IOAS", removal: "destroy" };
    assert.deepEqual(twice.diagnostics[0]?.facts, facts);
  });
});

describe("a bare name in a scenario", () => {
  const owners = `${HARDWARE}guest vm0 { ioasid gpa  ioasid low }\nguest vm1 { ioasid gpa }\n`;

  it("means the only one there is", () => {
    assert.deepEqual(told(compileText(`${owners}scenario "s" { free low }`)), []);
  });

  it("of several owners needs one of them in front", () => {
    const program = compileText(`${owners}scenario "s" { free gpa }`);
    assert.deepEqual(told(program), [`S041 "gpa"`]);
    assert.match(
      program.diagnostics[0]?.message ?? "",
      /"gpa" does not say whose it is: there are vm0\.gpa, vm1\.gpa/,
    );
    assert.deepEqual(told(compileText(`${owners}scenario "s" { free vm1.gpa }`)), []);
  });

  it("can be one that the scenario makes, to its end and no longer", () => {
    const made = `${owners}scenario "s" { ioasid gva on low  free gva }\nscenario "t" { free gva }`;
    assert.deepEqual(told(compileText(made)), [`S040 "gva"`]);
  });
});

describe("a name that is declared twice", () => {
  it("shows both places, and the first counts", () => {
    const program = compileText(`pdev nic at 3b:00.0 { }\npdev nic at 3b:00.1 { category 0 }`);
    assert.deepEqual(told(program), [`S043 "nic"`]);
    assert.equal(program.diagnostics[0]?.span.start, program.sources.get("main.ioasid")?.lastIndexOf("nic"));
    assert.deepEqual(relatedOf(program, program.diagnostics[0]), [`"nic": "nic" is first declared here`]);
    assert.deepEqual(
      program.platform.devices.map(({ category }) => category),
      [undefined],
    );
  });

  it("is one for hardware and owners together", () => {
    assert.deepEqual(told(compileText(`iommu x { }\nguest x { }`)), [`S043 "x"`]);
  });

  it("is one for the memories, processes and spaces of an owner together", () => {
    assert.deepEqual(
      told(compileText(`guest vm0 { memory x at 0x0 + 4K  process x { pasid 1 }  ioasid x }`)),
      [`S043 "x"`, `S043 "x"`],
    );
  });

  it("says that an IOASID can be freed first, and nothing of that for other names", () => {
    assert.match(message("guest vm0 { ioasid a  ioasid a }"), /`free` "vm0\.a" before/);
    assert.match(
      message("iommu a { }\niommu a { }"),
      /the first declaration counts\. Choose another name\.$/,
    );
  });

  it("may be allocated again after `free`, and keeps its number", () => {
    const program = compileText(`guest vm0 { ioasid a  ioasid b  free a  ioasid a }`);
    assert.deepEqual(told(program), []);
    const numbers = program.start.map(
      (step) => step.kind === "operation" && "space" in step.operation && step.operation.space,
    );
    assert.deepEqual(numbers, [0, 1, 0, 0]);
  });

  it("is still there after a `free` that is refused as stated", () => {
    assert.deepEqual(told(compileText(`guest vm0 { ioasid a  free a => EBUSY  ioasid a }`)), [`S043 "a"`]);
  });

  it("is free again in the next scenario", () => {
    const text = `guest vm0 { ioasid a }\nscenario "s" { free a  ioasid vm0.a }\nscenario "t" { ioasid vm0.a }`;
    assert.deepEqual(told(compileText(text)), [`S043 "a"`]);
  });
});

describe("what cannot be understood", () => {
  it("leaves the rest of the file as it is", () => {
    const program = compileText(
      `pdev broken at { category 3 }\n${HARDWARE}guest vm0 { ioasid gpa  bind nic }`,
    );
    assert.equal(program.platform.devices.length, 3);
    assert.equal(program.start.length, 2);
  });

  it("is told once, and not again where its name is used", () => {
    const program = compileText(
      `pdev nic at { category 3 }\nguest vm0 { bind nic  ioasid gpa  attach nic -> gpa }`,
    );
    assert.ok(program.diagnostics.every(({ code }) => code < "S040"));
    assert.equal(program.start.length, 1);
  });

  it("takes along the slices of a parent, in silence", () => {
    const text = `pdev dsa at { }\nmdev q on dsa { category 4 }\nguest vm0 { bind q }`;
    assert.ok(compileText(text).diagnostics.every(({ code }) => code < "S040"));
  });

  it("takes along what would use an IOASID whose parent is unknown", () => {
    const text = `${HARDWARE}guest vm0 { ioasid gva on gpa  attach nic -> gva }`;
    assert.deepEqual(told(compileText(text)), [`S040 "gpa"`]);
  });

  it("gives hints for the first mistakes only, so that a wrong file is told in bounded time", () => {
    const lines = Array.from({ length: 300 }, (_, index) => `bind nic${index}`).join("\n");
    const program = compileText(`${HARDWARE}guest vm0 { ${lines} }`);
    assert.equal(program.diagnostics.length, 300);
    assert.equal(
      program.diagnostics.filter(({ message: text }) => text.includes("Did you mean")).length,
      100,
    );
  });
});
