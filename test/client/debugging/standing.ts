import { faultRows, historyRows, type Thread } from "../../../engine/debugger/index.js";
import type { Span } from "../../../engine/language/index.js";
import { machineState } from "../../../engine/report/index.js";
import type { DebugState, RangeIn } from "../../../server/protocol/index.js";

/** A machine with something in every view. */
export const TEXT = `
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa  attach nic -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
  attach nic pasid 7 -> gva
}
scenario "first" {
  pte vm0.gva 0x1000 + 4K -> 0x9000 rw
  dma nic pasid 7 read 0x1000 => ram[0x9000]
  pte vm0.gva 0x1000 + 4K none
  dma nic pasid 7 write 0x5000 => page-request
  dma nic read 0x1000 => ram[0x2000]
  kvm map vm0 pasid 1025 -> vm0.gva
}
`;

/** What the views are given of a thread; the line of a place is its offset in the text. */
export function stateOf(thread: Thread): DebugState {
  const { program, scenario } = thread.timeline;
  const place = ({ start, end }: Span): RangeIn => ({
    uri: "file:///test.ioasid",
    range: { start: { line: start, character: 0 }, end: { line: end, character: 0 } },
  });
  const placeOf = (origin: number) => place(program.origins[origin] ?? scenario.span);
  const items = historyRows(thread, 0, 100).map(({ span, ...row }) => ({
    kind: "history" as const,
    ...row,
    place: place(span),
  }));
  const faults = faultRows(thread).map(({ span, ...row }) => ({
    kind: "fault" as const,
    ...row,
    place: place(span),
  }));
  return {
    faults: { list: "faults", from: 0, items: faults, total: faults.length },
    ...machineState({ program, machine: thread.machine, placeOf }),
    history: { list: "history", from: 0, items, total: items.length },
  };
}
