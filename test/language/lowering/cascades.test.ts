import assert from "node:assert/strict";
import { compileText, HARDWARE, told } from "./host.js";

const guest = (name: string) => `guest ${name} { memory ram at 0x4000_0000 + 1G }\n`;

describe("one mistake", () => {
  it("is told once where a new space has no owner", () => {
    const scenario = 'scenario "s" { ioasid s  map s 0x0 + 4K -> 0x0  attach nic -> s  free s }';
    assert.deepEqual(told(compileText(HARDWARE + guest("a") + guest("b") + scenario)), ['S055 "s"']);
  });

  it("is told once where a width is no width", () => {
    assert.deepEqual(told(compileText("iommu v { }\npdev x at 3b:00.1 { category 3  pasid-width 21 }")), [
      'S056 "21"',
    ]);
    assert.deepEqual(told(compileText("iommu v { }\npdev x at 3b:00.1 { category 3  pasid-width }")), [
      'S018 "pasid-width"',
    ]);
  });

  it("is told once where a category fits no function", () => {
    assert.deepEqual(told(compileText("iommu v { }\npdev x at 3b:00.1 { category 5 }")), ['C001 "pdev x"']);
  });

  it("is told once where a second `uapi` stands", () => {
    assert.deepEqual(told(compileText("uapi v1\nuapi v2")), ['S022 "uapi"']);
  });

  it("of an owner in front of a device shows the name that is meant", () => {
    const program = compileText(`${HARDWARE}${guest("a")}scenario "s" { dma a.nic read 0x0 }`);
    assert.deepEqual(told(program), ['S040 "a.nic"']);
    assert.match(program.diagnostics[0]?.message ?? "", /"a\.nic" is not declared.*Did you mean "nic"\?/);
  });
});
