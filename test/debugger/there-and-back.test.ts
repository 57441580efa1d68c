import assert from "node:assert/strict";
import fc from "fast-check";
import { type Children, framesOf, scopesOf, stateWords, type Thread } from "../../engine/debugger/index.js";
import { stateHash } from "../../engine/simulator/index.js";
import { threadOf } from "./threads.js";

const HOST = `uapi v2
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa
  bind wq0
  bind nic
  attach wq0 -> gpa
  attach nic -> gpa
  map gpa 0x0 + 16M -> ram
  ioasid gva on gpa page-table { pte 0x10_0000 + 2M -> 0x20_0000 }
  ioasid gvb on gpa page-table
  attach nic pasid 7 -> gva
}
`;

const number = (largest: number) => fc.nat(largest);
const page = number(15).map((index) => `0x${(0x10_0000 + index * 0x1000).toString(16)}`);
const pasid = number(3).map((index) => index + 6);
const device = fc.constantFrom("nic", "wq0");
const child = fc.constantFrom("vm0.gva", "vm0.gvb");
const access = fc.constantFrom("read", "write");

/** A statement that the kernel or the hardware may refuse; whatever comes of it is a step. */
const statement = fc.oneof(
  fc.tuple(device, pasid, child).map(([d, p, s]) => `attach ${d} pasid ${p} -> ${s}`),
  fc.tuple(device, pasid, child).map(([d, p, s]) => `detach ${d} pasid ${p} from ${s}`),
  fc.tuple(child, page, page).map(([s, from, to]) => `pte ${s} ${from} + 4K -> ${to}`),
  fc.tuple(child, page).map(([s, from]) => `pte ${s} ${from} + 4K none`),
  child.map((s) => `invalidate ${s}`),
  fc.tuple(device, pasid, access, page).map(([d, p, a, at]) => `dma ${d} pasid ${p} ${a} ${at}`),
  fc.tuple(device, access, page).map(([d, a, at]) => `dma ${d} ${a} ${at} + 8K`),
  fc.tuple(access, page).map(([a, at]) => `enqcmd vm0.db to wq0 ${a} ${at}`),
  fc.tuple(pasid, child).map(([p, s]) => `kvm map vm0 pasid ${p} -> ${s}`),
  pasid.map((p) => `kvm unmap vm0 pasid ${p}`),
  pasid.map((p) => `set-pasid vm0.db ${p}`),
  fc.tuple(child, page, device).map(([s, at, d]) => `respond ${s} ${at} success for ${d}`),
  number(3).map((index) => `unmap vm0.gpa 0x${(index * 0x100_0000).toString(16)} + 16M`),
  pasid.map((p) => `assert ppasid nic pasid ${p} == ${p}`),
);

const scenario = fc
  .array(statement, { minLength: 1, maxLength: 150 })
  .map((statements) => `${HOST}scenario "any" {\n${statements.join("\n")}\n}\n`);

/** Everything that a client can show of a position. */
function view(thread: Thread): string {
  const frames = framesOf(thread).map(({ name }) => name);
  const scopes = scopesOf(thread).flatMap(({ name, children }) => [name, ...tree(children())]);
  return [stateHash(thread.machine), ...frames, ...scopes, ...stateWords(thread.machine)].join("\n");
}

function tree(children: Children): string[] {
  return children
    .page(0, 20)
    .flatMap(({ name, value, children: inside }) => [`${name}: ${value}`, ...(inside ? tree(inside) : [])]);
}

describe("k steps forward and k back", () => {
  it("show the same at every position, for any program", () => {
    fc.assert(
      fc.property(scenario, fc.boolean(), (text, isDeep) => {
        const thread = threadOf(text);
        const forward = [view(thread)];
        while (!thread.isAtEnd) {
          if (isDeep) thread.stepIn();
          else thread.next();
          forward.push(view(thread));
        }
        const back = [view(thread)];
        while (back.length < forward.length) {
          if (isDeep) thread.stepBackIn();
          else thread.stepBack();
          back.unshift(view(thread));
        }
        assert.deepEqual(back, forward);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it("show what a new thread shows that goes there at once", () => {
    fc.assert(
      fc.property(scenario, fc.array(number(200), { maxLength: 8 }), (text, places) => {
        const thread = threadOf(text);
        for (const place of places) {
          thread.travel(place);
          const other = threadOf(text);
          other.travel(thread.position.step);
          assert.equal(view(thread), view(other));
        }
      }),
      { numRuns: 40, seed: 6 },
    );
  });
});
