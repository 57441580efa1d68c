import assert from "node:assert/strict";
import { linkedPlaces } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { drawn } from "../../helpers/places.js";
import { type Files, programsOf } from "../programs.js";

function linked(files: Files, file: string, offset: number): string {
  const places = linkedPlaces(programsOf(files, file), file, offset);
  return drawn(
    files[file] ?? "",
    places.map((span) => ({ span })),
  );
}

describe("places that change while one of them is typed", () => {
  it("are all places of a name that no other file knows", () => {
    const { text, at } = marked('native app { ioasid g$0pa }\nscenario "gpa" { info app.gpa  free gpa }');
    assert.equal(
      linked({ "a.ioasid": text }, "a.ioasid", at()),
      'native app { ioasid [gpa] }\nscenario "gpa" { info app.[gpa]  free [gpa] }',
    );
  });

  it("are none of a name that another file knows, on either side", () => {
    const files = {
      "host.ioasid": "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }",
      "a.ioasid": 'import "host.ioasid"\npdev ssd at 3b:01.0 behind vtd { category 0 }',
    };
    assert.equal(linked(files, "host.ioasid", files["host.ioasid"].indexOf("vtd")), files["host.ioasid"]);
    assert.equal(linked(files, "a.ioasid", files["a.ioasid"].indexOf("vtd")), files["a.ioasid"]);
    assert.match(linked(files, "host.ioasid", files["host.ioasid"].indexOf("nic")), /\[nic\]/);
  });
});
