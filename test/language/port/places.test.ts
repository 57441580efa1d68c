import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  analyze,
  analyzePorted,
  type Host,
  type Program,
  type Span,
} from "../../../engine/language/index.js";
import { Places } from "../../../engine/report/index.js";
import { root } from "../../helpers/marks.js";

const folder = `${root}/examples`;
const disk: Host = {
  read: (path) => readFileSync(path, "utf8"),
  resolve: (from, target) => resolve(dirname(from), target),
};

function behindIommufd(file: string, host: Host): Program {
  const ported = analyzePorted(file, host, "iommufd");
  assert.ok(ported.kind === "ported", "reason" in ported ? ported.reason : "");
  return ported.analysis.program;
}

/** What stands where a piece of a ported program was written. */
function writtenText(program: Program, span: Span): string {
  const { file, start, end } = new Places(program).written(span);
  return new Places(program).textOf(file).slice(start, end);
}

describe("the places of a ported program", () => {
  const hosts: Record<string, string> = {
    "main.ioasid":
      'import "host.ioasid"\n\nscenario "it" {\n    dma nic read 0x1000   => ram[0x1000]\n}\nscenario "again" {\n}\n',
    "host.ioasid": `iommu vtd { nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1M -> ram
    map 0x10_0000 + 1M -> ram[0x10_0000] }
  attach nic -> gpa
}
`,
  };
  const inTwoFiles: Host = { read: (name) => hosts[name]!, resolve: (_from, target) => target };

  it("are those of the statements that they were made of, in the files where these stand", () => {
    const program = behindIommufd("main.ioasid", inTwoFiles);
    const places = new Places(program);
    const told = program.start.map((step) => {
      const { file } = places.written(step.span);
      const words = program.sources.get(step.span.file)!.slice(step.span.start, step.span.end);
      return `${file}:${places.startOf(step.span).line + 1} ${words}`;
    });
    assert.deepEqual(told, [
      "host.ioasid:5 bind nic",
      "host.ioasid:6 ioas gpa",
      "host.ioasid:6 map 0x0 + 1M -> ram",
      "host.ioasid:7 map 0x10_0000 + 1M -> ram[0x10_0000]",
      "host.ioasid:8 attach nic -> gpa",
    ]);
  });

  it("are no wider than what was copied", () => {
    const { scenarios, ...program } = behindIommufd("main.ioasid", inTwoFiles);
    const texts = scenarios.map(({ span }) => writtenText({ scenarios, ...program }, span));
    assert.deepEqual(texts, ['"it"', '"again"']);
  });

  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ioasid"))) {
    const path = `${folder}/${name}`;
    if (analyze(path, disk).program.platform.uapi === "iommufd") continue;

    it(`of ${name}: a request stands at a request, a scenario at its own`, () => {
      const program = behindIommufd(path, disk);
      for (const { title, span, steps } of program.scenarios) {
        assert.equal(writtenText(program, span), `"${title}"`);
        for (const step of steps) {
          const words = program.sources.get(step.span.file)!.slice(step.span.start, step.span.end);
          const written = writtenText(program, step.span);
          assert.notEqual(written, "", words);
          if (/^(dma|enqcmds?|respond|migrate) /.test(words)) {
            assert.equal(written.split(" ")[0], words.split(" ")[0]);
          }
        }
      }
    });
  }
});
