import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOnce } from "../install/once.js";

describe("the install", () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "ioasid-install-"));
  });

  afterEach(() => rm(parent, { recursive: true }));

  it("happens once", async () => {
    let times = 0;
    const fill = async (folder: string) => writeFile(join(folder, "part"), `${++times}`);

    await makeOnce(parent, "editor", fill);
    const folder = await makeOnce(parent, "editor", fill);

    assert.equal(folder, join(parent, "editor"));
    assert.equal(await readFile(join(folder, "part"), "utf8"), "1");
  });

  it("leaves nothing when it fails, and can be tried again", async () => {
    const failure = makeOnce(parent, "editor", async (folder) => {
      await writeFile(join(folder, "half"), "");
      throw new Error("the registry is down");
    });

    await assert.rejects(failure, /the registry is down/);
    assert.deepEqual(await readdir(parent), []);
    await makeOnce(parent, "editor", async () => {});
    assert.deepEqual(await readdir(parent), ["editor"]);
  });

  it("removes what a killed one has left, and nothing of one that still runs", async () => {
    const longGone = 2 ** 22 + 1;
    await mkdir(join(parent, `unfinished-${longGone}-abc`));
    await mkdir(join(parent, `unfinished-${process.pid}-abc`));

    await makeOnce(parent, "editor", async () => {});

    assert.deepEqual((await readdir(parent)).sort(), ["editor", `unfinished-${process.pid}-abc`]);
  });

  it("is whole when two happen at once", async () => {
    let started = 0;
    let release = () => {};
    const bothStarted = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fill = async (folder: string) => {
      const mine = `${++started}`;
      if (started === 2) release();
      await bothStarted;
      await writeFile(join(folder, "one"), mine);
      await writeFile(join(folder, "other"), mine);
    };

    const [folder] = await Promise.all([makeOnce(parent, "editor", fill), makeOnce(parent, "editor", fill)]);

    assert.equal(await readFile(join(folder, "one"), "utf8"), await readFile(join(folder, "other"), "utf8"));
    assert.deepEqual(await readdir(parent), ["editor"]);
    assert.ok(existsSync(folder));
  });
});
