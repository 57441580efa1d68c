import assert from "node:assert/strict";
import { disagreements, runText } from "../../helpers/marks.js";

const HOST = `uapi iommufd
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests  dirty-tracking  reserved 0xfee0_0000 + 1M }
iommu plain { pasid-width 20  nesting none }
iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest  ats  page-requests }
iommu smmu2 { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev gpu at 5e:00.0 behind vtd { category 0 }
pdev left at 60:00.0 behind vtd { category 3  pasid-width 16 }
pdev right at 60:00.1 behind vtd { category 0 }
group pair { left right }
pdev old at 70:00.0 behind plain { category 3  pasid-width 16 }
pdev acc at 80:00.0 behind smmu { category 3  pasid-width 16  ats  page-requests }
pdev acc2 at 81:00.0 behind smmu2 { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic  bind gpu  bind left  bind right  bind old  bind acc  bind acc2
  ioas io { map 0x0 + 1G -> ram }
  fault-queue faults
  hwpt rid on io for nic nest-parent pasid
  hwpt gva on rid for nic pasid fault faults data vtd-s1
}
`;

/** Steps on that host, each with the outcome that the kernel gives. */
function answers(title: string, ...steps: string[]): void {
  it(title, () => {
    const text = `${HOST}scenario "it" {\n${steps.join("\n")}\n}\n`;
    // What a scenario leaves unused on the host that all of them share is not its matter.
    const told = disagreements(runText(text)).filter((each) => !/U09[5-8] warning/.test(each));
    assert.deepEqual(told, []);
  });
}

/** Domain section 3.2: the calls on an IOAS. */
describe("an IOAS", () => {
  answers(
    "maps, and unmaps whole areas: those before one that is cut are gone by then",
    "ioas vm0.a { map 0x0 + 4K -> ram  map 0x1000 + 8K -> ram }",
    "map a 0x2000 + 8K -> ram => EEXIST",
    "unmap a 0x0 + 8K => ENOENT",
    "unmap a 0x0 + 4K => ENOENT",
    "unmap a 0x2000 + 4K => ENOENT",
    "unmap a 0x1000 + 8K",
    "unmap a 0x0..0xffff_ffff_ffff_ffff",
    "map a 0x7 + 9 -> ram",
  );

  answers(
    "asks for whole pages once it has a page table, and takes no table over areas that are not",
    "ioas vm0.a { map 0x800 + 2K -> ram }",
    "hwpt vm0.t on a for nic => EADDRINUSE",
    // A replace fills a new page table before it looks whether there is anything to replace.
    "replace gpu -> a => EADDRINUSE",
    "attach gpu -> a => EADDRINUSE",
    "unmap a 0x800 + 2K",
    "hwpt vm0.t on a for nic",
    "map a 0x800 + 4K -> ram => EINVAL",
    "map a 0x0 + 4K -> 0x3000_0000 => EFAULT",
    "map a 0x1_0000_0000_0000 + 4K -> ram => EINVAL",
  );

  answers(
    "copies any part of its areas, not over a hole, and not with more permission than its pages have",
    "ioas vm0.a { map 0x0 + 8K -> ram  map 0x4000 + 4K -> ram r }",
    "ioas vm0.b",
    "copy a 0x1000 + 4K -> b at 0x0",
    "copy a 0x1000 + 8K -> b at 0x10000 => ENOENT",
    "copy a 0x4000 + 4K -> b at 0x4000 => EPERM",
    "copy a 0x4000 + 4K -> b at 0x4000 r",
    "copy a 0x0 + 4K -> b at 0x0 => EEXIST",
    "copy faults 0x0 + 4K -> b at 0x8000 => ENOENT",
  );

  answers(
    "keeps allowed ranges from being reserved, and reserved ones from being mapped or allowed",
    "ioas vm0.a",
    "allow-iovas a 0x0 + 1M, 0x1000 + 4K => EINVAL",
    "allow-iovas a 0xfee0_0000 + 4K",
    "hwpt vm0.t on a for nic",
    "attach nic -> t => EADDRINUSE",
    "allow-iovas a 0x0 + 1M",
    "attach nic -> t",
    "map a 0xfee0_0000 + 4K -> ram => EINVAL",
    "allow-iovas a 0xfee0_0000 + 1M => EADDRINUSE",
    "detach nic",
    "map a 0xfee0_0000 + 4K -> ram",
    "attach nic -> t => EADDRINUSE",
  );

  answers(
    "stays while a page table, and a page table while a nested one or a device needs it",
    "destroy io => EBUSY",
    "destroy rid => EBUSY",
    "attach nic pasid 3 -> gva",
    "destroy gva => EBUSY",
    "detach nic pasid 3",
    "destroy gva",
    "destroy rid",
    "destroy faults",
    "destroy io",
    "destroy io => ENOENT",
  );
});

/** Domain section 3.3: the decision table of HWPT_ALLOC, and what 3.2 says of vIOMMUs. */
describe("an HWPT", () => {
  answers(
    "on an IOAS has the flags that its hardware has means for",
    "hwpt vm0.a on io for nic nest-parent fault faults => EOPNOTSUPP",
    "hwpt vm0.b on io for old nest-parent => EOPNOTSUPP",
    "hwpt vm0.c on io for old dirty-tracking => EOPNOTSUPP",
    "hwpt vm0.d on io for nic dirty-tracking pasid fault faults",
    "hwpt vm0.e on io for nic fault io => ENOENT",
    "hwpt vm0.f on io for nic data vtd-s1 => EOPNOTSUPP",
  );

  answers(
    "is nested on a parent of its driver, and on nothing else",
    "hwpt vm0.a on io for nic",
    "hwpt vm0.b on a for nic data vtd-s1 => EINVAL",
    "hwpt vm0.c on gva for nic data vtd-s1 => EINVAL",
    "hwpt vm0.d on faults for nic data vtd-s1 => EINVAL",
    "hwpt vm0.e on rid for acc data smmuv3 => EINVAL",
    "hwpt vm0.f on rid for nic dirty-tracking data vtd-s1 => EOPNOTSUPP",
    "hwpt vm0.g on rid for nic => EOPNOTSUPP",
    "hwpt vm0.h on rid for nic data smmuv3 => EINVAL",
  );

  answers(
    "of an SMMUv3 stands on a vIOMMU, whose devices have one id each",
    "hwpt vm0.s2 on io for acc nest-parent",
    "viommu vm0.no on rid for nic => EOPNOTSUPP",
    "hwpt vm0.flat on io for acc",
    "viommu vm0.none on flat for acc => EINVAL",
    "viommu vm0.v on s2 for acc",
    "hwpt vm0.cd on v for acc data smmuv3",
    "attach acc -> cd => ENOENT",
    "vdevice vm0.d in v for acc id 1",
    "vdevice vm0.e in v for acc id 2 => EEXIST",
    "vdevice vm0.f in v for acc2 id 3 => EINVAL",
    "attach acc -> cd",
    "destroy v => EBUSY",
    "invalidate v",
    "invalidate s2 => EINVAL",
  );
});

/** Domain section 3.4: attach, replace and detach, in the order in which the kernel asks. */
describe("an attachment", () => {
  answers(
    "is for the whole group, whose devices are on one page table at each PASID",
    "attach left -> rid",
    "attach right -> io => EINVAL",
    "attach right -> rid",
    "attach right -> rid => EBUSY",
    "attach left pasid 3 -> gva",
    "attach right pasid 3 -> gva",
    "attach right pasid 4 -> gva => EINVAL",
    "attach left pasid 0x1_0000 -> gva => EINVAL",
    "replace left -> io => EINVAL",
  );

  answers(
    "at a PASID needs tables that were made for PASIDs, at the RID too",
    "attach nic -> io",
    "attach nic pasid 3 -> gva => EINVAL",
    "replace nic -> rid",
    "attach nic pasid 3 -> io => EINVAL",
    "attach nic pasid 3 -> gva",
    "attach nic pasid 3 -> gva => EBUSY",
    "attach nic pasid 0 -> rid => EBUSY",
    "attach nic pasid 0x8000_0000 -> gva => ENOSPC",
    "replace nic -> io => EINVAL",
    "detach nic",
    "attach nic -> io => EINVAL",
    "detach nic pasid 3",
    "attach nic -> io",
  );

  answers(
    "is replaced in one step, by what was attached there; a refused replace leaves it as it is",
    "replace nic -> rid => EINVAL",
    "attach nic -> rid",
    "replace nic pasid 3 -> gva => EINVAL",
    "replace nic -> rid",
    "replace nic -> faults => EINVAL",
    "ioas vm0.other { map 0xfee0_0000 + 4K -> ram }",
    "replace nic -> other => EADDRINUSE",
    "dma nic read 0x1000 => ram[0x1000]",
  );

  answers(
    "that is not there is detached without an error, and the last one takes the kernel's page table along",
    "detach nic",
    "detach nic pasid 9",
    "detach nic pasid 0x8000_0000",
    "ioas vm0.a",
    "attach gpu -> a",
    "destroy a => EBUSY",
    "detach gpu",
    "destroy a",
    "dma gpu read 0x1000 => fault",
  );
});

/** Domain section 3.5: page requests and their queue. */
describe("a page request", () => {
  answers(
    "is answered through the queue of the table that it met, once",
    "attach nic -> rid",
    "attach nic pasid 3 -> gva",
    "dma nic pasid 3 read 0x1000 => page-request",
    "respond gva 0x1000 success => ENOENT",
    "respond faults 0x9000 success => EINVAL",
    "respond faults 0x1000 invalid => fault",
    "respond faults 0x1000 success => EINVAL",
  );

  answers(
    "is answered with a failure when its attachment is replaced or ends",
    "hwpt vm0.next on rid for nic pasid fault faults data vtd-s1",
    "attach nic -> rid",
    "attach nic pasid 3 -> gva",
    "dma nic pasid 3 read 0x1000 => page-request",
    "replace nic pasid 3 -> next",
    "respond faults 0x1000 success => EINVAL",
    "dma nic pasid 3 read 0x1000 => page-request",
    "detach nic pasid 3",
    "respond faults 0x1000 success => EINVAL",
  );

  answers(
    "of a table without a queue is a fault, and one of a PASID goes to the RID's table where the guest owns that",
    "attach nic -> rid",
    "dma nic read 0x8000_0000 => fault",
    "hwpt vm0.s2 on io for acc nest-parent",
    "viommu vm0.v on s2 for acc",
    "vdevice vm0.d in v for acc id 1",
    "hwpt vm0.cd on v for acc fault faults data smmuv3",
    "hwpt vm0.app on v for acc data smmuv3",
    "attach acc -> cd",
    "entry cd 5 -> app",
    "dma acc pasid 5 read 0x1000 => page-request",
    "pte app 0x1000 + 4K -> 0x3000",
    "respond faults 0x1000 success => ram[0x3000]",
  );
});
