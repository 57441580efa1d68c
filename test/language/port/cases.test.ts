import assert from "node:assert/strict";
import { type Host, type PortTarget, port } from "../../../engine/language/index.js";
import { runOf } from "./generate.js";

const HOST = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
iommu smmu { pasid-width 16  nesting hardware  pasid-table guest  format smmuv3  no-pasid bypass }
iommu gcr { pasid-width 16  nesting hardware  pasid-table guest  format amd }
iommu old { nesting software }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev vf at 3b:00.1 behind vtd { category 4  pasid-width 16 }
pdev acc at 3d:00.0 behind smmu { category 3  pasid-width 16 }
pdev gpu at 3e:00.0 behind gcr { category 3  pasid-width 16 }
pdev card at 3f:00.0 behind old { category 0 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue shared }
`;

/** The default space and one more of a guest with a queue of the DSA. */
const QUEUE = (device: string, more: string) =>
  `  bind ${device}\n  ioasid gpa { map 0x0 + 1M -> ram }\n  ioasid gva on gpa page-table { pte 0x0 + 4K -> 0x1000 }\n  attach ${device} -> gpa\n  attach ${device} pasid 7 -> gva\n${more}`;

interface Case {
  readonly version?: string;
  readonly to?: PortTarget;
  /** Steps of the guest, after `memory ram`. */
  readonly guest: string;
  readonly scenario?: string;
  readonly becomes: readonly (string | RegExp)[];
  /** What the findings say, in the order of the file. */
  readonly finds?: readonly RegExp[];
}

function hostOf(text: string): Host {
  return { read: () => text, resolve: (_from, target) => target };
}

/** What the statements become, and that the result runs without an error. */
function becomes(title: string, each: Case): void {
  const { version = "v2", to = "iommufd", guest, scenario = "", finds = [] } = each;
  it(title, () => {
    const text = `uapi ${version}\n${HOST}guest vm0 {\n  memory ram at 0x4000_0000 + 1G\n${guest}\n}\nscenario "it" {\n${scenario}\n}\n`;
    const ported = port("it.ioasid", hostOf(text), to);
    assert.ok(ported.kind === "ported", "reason" in ported ? ported.reason : "");
    for (const wanted of each.becomes) {
      const found = typeof wanted === "string" ? ported.text.includes(wanted) : wanted.test(ported.text);
      assert.ok(found, `${wanted} is not in\n${ported.text}`);
    }
    const messages = ported.findings.map(({ message }) => message);
    assert.equal(messages.length, finds.length, messages.join("\n"));
    for (const [index, says] of finds.entries()) assert.match(messages[index] ?? "", says);
    const errors = runOf(ported.text).diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    );
  });
}

describe("what a statement becomes", () => {
  becomes("a lost statement among others on its line is a comment between them", {
    guest: "ioasid gpa  bind nic  attach nic -> gpa",
    scenario: "info nic  kvm translation vm0 on => EOPNOTSUPP  info nic",
    becomes: ["info nic  /* kvm translation vm0 on => EOPNOTSUPP */  info nic"],
    finds: [/KVM_CAP_PASID_TRANSLATION/],
  });

  becomes("a lost statement of several lines is a comment of several lines", {
    version: "v1",
    guest: "  bind nic\n  ioasid gpa\n  attach nic -> gpa\n  register\n    ram",
    becomes: ["  // register\n  // ram\n"],
    finds: [/IOASID_REGISTER_MEMORY/],
  });

  becomes("a table that no device ever uses stays as a comment", {
    guest:
      "  bind nic\n  ioasid gpa\n  ioasid gva on gpa page-table { pte 0x0 + 4K -> 0x1000 }\n  attach nic -> gpa",
    scenario: "  pte gva 0x1000 + 4K -> 0x2000\n  invalidate gva\n  free gva",
    becomes: [
      "  // ioasid gva on gpa page-table { pte 0x0 + 4K -> 0x1000 }\n",
      "  // pte gva 0x1000 + 4K -> 0x2000\n",
      "  // free gva\n",
      "  attach nic -> gpa\n",
    ],
    finds: [/no device uses yet/, /no device uses yet/, /no device uses yet/, /no device uses yet/],
  });

  becomes("what is freed takes everything along that was made for it", {
    guest:
      "  bind acc\n  ioasid gpa { map 0x0 + 1M -> ram }\n  ioasid cds on gpa pasid-table\n  attach acc -> gpa",
    scenario:
      "  free gpa => EBUSY\n  attach acc -> cds\n  free cds => EBUSY\n  detach acc from cds\n  free cds\n  detach acc from gpa\n  free gpa",
    becomes: [
      "  destroy vm0.gpa => EBUSY\n",
      "  replace acc -> cds\n  destroy vm0.cds => EBUSY\n  replace acc -> vm0.gpa-s2\n  destroy vm0.cds\n  detach acc\n",
      "  destroy vm0.acc-vdevice\n  destroy vm0.gpa-viommu\n  destroy vm0.gpa-s2\n  destroy vm0.gpa\n",
    ],
  });

  becomes("AMD's guest table needs no vIOMMU", {
    guest:
      "  bind gpu\n  ioasid gpa { map 0x0 + 1M -> ram }\n  ioasid gcr3 on gpa pasid-table at 0x1000\n  ioasid gva on gpa page-table\n  attach gpu -> gpa\n  attach gpu -> gcr3\n  entry gcr3 5 -> gva\n  pte gva 0x0 + 4K -> 0x2000 r",
    scenario: "  dma gpu pasid 5 read 0x0 => ram[0x2000] wire 5\n  invalidate gcr3",
    becomes: [
      "  hwpt gcr3 on gpa-s2 for gpu data amd { at 0x1000 }\n  replace gpu -> gcr3\n",
      "  hwpt gva on gpa-s2 for gpu data amd\n  entry gcr3 5 -> gva\n  pte gva 0x0 + 4K -> 0x2000 r\n",
      "  dma gpu pasid 5 read 0x0 => ram[0x2000] wire 5\n  invalidate gcr3\n",
    ],
  });

  becomes("a body of which a line was refused stands apart", {
    guest: "  ioasid gpa { map 0x0 + 4K -> ram  map 0x0 + 4K -> ram => EEXIST }",
    becomes: ["  ioas gpa\n  map gpa 0x0 + 4K -> ram\n  map gpa 0x0 + 4K -> ram => EEXIST\n"],
  });

  becomes("a call that is refused today says so, and why", {
    guest: "  bind vf\n  bind nic\n  ioasid gpa\n  attach vf -> gpa\n  attach nic -> gpa",
    scenario:
      "  map gpa 0xfee0_0000 + 4K -> ram\n  map gpa 0x1_0000_0000_0000 + 4K -> ram => EINVAL\n  attach nic pasid 7 -> gpa\n  info gpa => ENOTTY",
    becomes: ["  attach nic pasid 7 -> vm0.gpa-s2\n"],
    finds: [/iommufd does not refuse this with ENOTTY/],
  });

  becomes("names that are taken get a number", {
    guest: "  memory gpa-s2 at 0x1_0000_0000 + 1G\n  bind vf\n  ioasid gpa\n  attach vf pasid 7 -> gpa",
    becomes: ["  hwpt gpa-s2-2 on gpa for vf pasid\n  attach vf pasid 1 -> gpa-s2-2\n"],
  });

  becomes("a shadow follows its parent, and what it maps of nothing waits", {
    guest:
      "  bind card\n  ioasid gpa\n  attach card -> gpa\n  ioasid child on gpa { map 0x0 + 8K -> 0x1000 r }\n  attach card -> child",
    scenario:
      "  map gpa 0x2000 + 4K -> ram\n  dma card read 0x1000 => ram\n  free gpa => EBUSY\n  unmap child 0x0 + 8K",
    becomes: [
      "  ioas child\n  // map 0x0 + 8K -> 0x1000 r\n  replace card -> child\n",
      "  map gpa 0x2000 + 4K -> ram\n  map vm0.child 0x1000 + 4K -> ram[0x0] r\n  dma card read 0x1000 => ram\n",
      "  unmap vm0.child 0x1000 + 4K\n",
    ],
    finds: [/software nesting/, /iommufd does not refuse this with EBUSY/],
  });

  becomes("v1's calls before the first attach are no refusals in v2", {
    version: "v1",
    to: "rfc-v2",
    guest:
      "  bind nic\n  ioasid gpa\n  map gpa 0x0 + 4K -> ram => ENODEV\n  attach nic -> gpa\n  map gpa 0x0 + 4K -> ram",
    scenario: "  info gpa",
    becomes: ["uapi v2\n", "  // map gpa 0x0 + 4K -> ram => ENODEV\n", "  // info gpa\n"],
    finds: [/RFC v2 does not refuse this with ENODEV/, /IOASID_GET_INFO/],
  });

  becomes("siblings cannot share a number today, so what went through it is lost", {
    guest: QUEUE("wq0", "  bind wq1\n  attach wq1 -> gpa\n  attach wq1 pasid 7 -> gva"),
    scenario:
      "  dma wq0 pasid 7 read 0x0 => ram[0x1000] wire 3\n  dma wq1 pasid 7 read 0x0 => ram[0x1000]\n  assert reaches wq1 pasid 7 -> ram[0x1000 + 4K]",
    becomes: [
      "  attach wq1 pasid 3 -> gva => EBUSY\n",
      "  dma wq0 pasid 3 read 0x0 => ram[0x1000] wire 3\n  // dma wq1 pasid 7 read 0x0 => ram[0x1000]\n  // assert reaches wq1 pasid 7 -> ram[0x1000 + 4K]\n",
    ],
    finds: [/refuses this with EBUSY: .*\(U131\)$/, /comes to "fault/, /does not hold/],
  });

  becomes("a number is the VMM's, and moves along with the guest", {
    guest: QUEUE(
      "wq0",
      `}\nguest vm1 {\n  memory far at 0x4000_0000 + 1G\n${QUEUE("wq1", "").replace("ram", "far")}`,
    ),
    scenario:
      "  dma wq1 pasid 7 read 0x0 => far[0x1000] wire 4\n  migrate vm1\n  dma wq1 pasid 7 read 0x0 => far[0x1000] wire 3\n  dma wq1 pasid 7 read 0x0 => far[0x1000]",
    becomes: [
      "  dma wq1 pasid 4 read 0x0 => far[0x1000] wire 4\n  migrate vm1\n  dma wq1 pasid 4 read 0x0 => far[0x1000] wire 4\n  dma wq1 pasid 4 read 0x0 => far[0x1000]\n",
    ],
    finds: [/4 is on the wire after the migration/],
  });

  becomes("an attach of the guest's own table on VT-d has no counterpart", {
    guest:
      "  bind nic\n  ioasid gpa\n  ioasid cds on gpa pasid-table\n  attach nic -> gpa\n  attach nic -> cds => EINVAL",
    becomes: ["  // attach nic -> cds => EINVAL\n"],
    finds: [/no device uses yet/, /own PASID table on VT-d/],
  });

  becomes("a file without an interface of its own gets it before its first statement", {
    version: "v2 { pasid-policy simple }",
    guest: "  ioasid gpa",
    becomes: [/^uapi iommufd\niommu vtd/],
  });

  it("a file without anything gets the interface alone", () => {
    const ported = port("it.ioasid", hostOf("// nothing\n"), "iommufd");
    assert.deepEqual(ported, { kind: "ported", text: "// nothing\nuapi iommufd\n", findings: [] });
  });

  it("a statement whose names have gone goes as well", () => {
    const text = `uapi v1\n${HOST}guest vm0 {\n  bind nic\n  ioasid gpa\n  ioasid gva on gpa => ENODEV\n}\nscenario "it" {\n  detach nic from gva => ENOENT\n}\n`;
    const ported = port("it.ioasid", hostOf(text), "rfc-v2");
    assert.ok(ported.kind === "ported");
    assert.match(ported.text, /\/\/ detach nic from gva => ENOENT/);
    assert.match(ported.findings.at(-1)!.message, /What it names is not there any more/);
  });
});

describe("a file with many calls that have no place any more", () => {
  const MANY = 60;
  const lines = Array.from({ length: MANY }, (_, index) => {
    const at = `0x${(index * 0x2000).toString(16)}`;
    const bad = `0x${(index * 0x2000 + 0x1000).toString(16)}`;
    return `  map gpa ${at} + 4K -> ram\n  map gpa ${bad} + 17 -> ram => EINVAL`;
  });
  const text = `uapi v2\nimport "platform.ioasid"\nguest vm0 {\n  memory ram at 0x4000_0000 + 1G\n  bind nic\n  ioasid gpa\n${lines.join("\n")}\n}
scenario "it" {
  attach nic -> vm0.gpa
  dma nic read 0x2000 => vm0.ram[0x0]
  dma nic read 0x3000 => fault not-mapped
}
`;

  it("is read again once, and not for each of them", () => {
    let reads = 0;
    const host: Host = {
      read(file) {
        if (file !== "platform.ioasid") return text;
        reads += 1;
        return HOST;
      },
      resolve: (_from, target) => target,
    };
    const ported = port("it.ioasid", host, "iommufd");
    assert.ok(ported.kind === "ported");
    assert.equal(ported.findings.length, MANY);
    assert.equal(ported.text.match(/^ {2}\/\/ map gpa .* => EINVAL$/gm)?.length, MANY);
    assert.equal(reads, 2);
  });
});

describe("a call that makes something only behind the other interface", () => {
  it("goes with everything about its name, and what stands behind them is judged without them", () => {
    const text = `uapi v2\n${HOST}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioas one => ENOTTY
  fault-queue two => ENOTTY
  destroy one => ENOTTY
  ioasid gpa
  map gpa 0x0 + 17 -> ram => EINVAL
  map gpa 0x0 + 4K -> ram
  attach nic -> gpa
}
scenario "it" { dma nic read 0x10 => vm0.ram[0x10] }
`;
    const ported = port("it.ioasid", hostOf(text), "iommufd");
    assert.ok(ported.kind === "ported");
    assert.deepEqual(
      ported.findings.map(
        ({ line, message }) => `${line - HOST.split("\n").length}: ${message.split(",")[0]}`,
      ),
      [
        "4: iommufd does not refuse this with ENOTTY",
        "5: iommufd does not refuse this with ENOTTY",
        "6: What it names is not there any more.",
        "8: iommufd does not refuse this with EINVAL",
      ],
    );
    assert.deepEqual(
      runOf(ported.text).diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
  });
});
