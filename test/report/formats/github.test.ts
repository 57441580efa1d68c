import assert from "node:assert/strict";
import { githubText } from "../../../engine/report/index.js";
import { placeOf, programOf } from "../host.js";
import { about, many, reportOf, TEXT, whole } from "./report.js";

describe("the workflow commands of GitHub", () => {
  it("are none where there is nothing to report", () => {
    assert.equal(githubText(whole()), "");
    assert.equal(githubText(reportOf(about("nic", { severity: "hint" }))), "");
  });

  it("have place, title and message, one line each", () => {
    const report = reportOf(
      about("nic"),
      about("wq0", { severity: "warning", code: "P010" }),
      about("wq0", { severity: "information", code: "P027" }),
    );
    assert.equal(
      githubText(report),
      [
        "::error file=a.ioasid,line=1,col=6,endColumn=9,title=P003 vPASID beyond the PASID width::This is about nic.",
        "::warning file=a.ioasid,line=2,col=6,endColumn=9,title=P010 missing KVM PASID mapping::This is about wq0.",
        "::notice file=a.ioasid,line=2,col=6,endColumn=9,title=P027 equal vPASIDs of siblings in different guests::This is about wq0.",
        "",
      ].join("\n"),
    );
  });

  it("name only the lines of a place of several lines", () => {
    const span = { file: "a.ioasid", start: 0, end: TEXT.length - 1 };
    assert.match(
      githubText(reportOf(about("nic", { span }))),
      /^::error file=a\.ioasid,line=1,endLine=2,title=/,
    );
  });

  it("name the scenario and the related places in the message", () => {
    const related = [{ span: placeOf(TEXT, "nic"), message: "It was bound here." }];
    assert.match(
      githubText(reportOf(about("wq0", { scenario: "it runs", related }))),
      /::This is about wq0\.%0AIn scenario "it runs"\.%0Aa\.ioasid:1:6: It was bound here\.\n$/,
    );
  });

  it("cannot be broken by what a file is called or says", () => {
    const file = "100%, a:b\n::error::x.ioasid";
    const program = programOf(TEXT, file);
    const diagnostic = about("nic", {
      code: "X001",
      span: { file, start: 5, end: 8 },
      message: "50% of\r\n::set-output name=a::b, c: \u001b[31md",
    });
    assert.equal(
      githubText({ ...reportOf(), files: [{ program, diagnostics: [diagnostic] }] }),
      "::error file=100%25%2C a%3Ab\ufffd%3A%3Aerror%3A%3Ax.ioasid,line=1,col=6,endColumn=9,title=X001::50%25 of\ufffd\ufffd::set-output name=a::b, c: \ufffd[31md\n",
    );
  });

  it("say what could not be read, and that a run is only a part", () => {
    const unreadable = [{ file: "gone.ioasid", message: 'There is no file "gone.ioasid".' }];
    assert.equal(
      githubText({ files: [], unreadable, isWhole: false }),
      '::error file=gone.ioasid::There is no file "gone.ioasid".\n' +
        "::warning::The run was interrupted; what is shown is only a part.\n",
    );
  });

  it("are 10,000 for 10,000 findings", () => {
    const { text, diagnostics } = many(10_000);
    const lines = githubText({ ...reportOf(), files: [{ program: programOf(text), diagnostics }] }).split(
      "\n",
    );
    assert.equal(lines.length, 10_001);
    assert.match(lines[9_999] ?? "", /,line=10000,/);
  });
});
