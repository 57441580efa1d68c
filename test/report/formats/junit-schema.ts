import assert from "node:assert/strict";
import type { Parsed } from "./xml.js";

/**
 * What may stand where in a JUnit file, by the schema that Jenkins, GitLab and most others follow
 * (`junit-10.xsd` of the Jenkins xUnit plugin): the attributes of each element, those it needs, and its
 * children in their order.
 */
const ELEMENTS: Readonly<Record<string, Shape>> = {
  testsuites: {
    needs: [],
    may: ["name", "time", "tests", "failures", "disabled", "errors"],
    children: ["testsuite"],
  },
  testsuite: {
    needs: ["name"],
    may: [
      "tests",
      "failures",
      "errors",
      "time",
      "disabled",
      "skipped",
      "timestamp",
      "hostname",
      "id",
      "package",
    ],
    children: ["properties", "testcase", "system-out", "system-err"],
  },
  testcase: {
    needs: ["name"],
    may: ["classname", "assertions", "time", "status"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  failure: { needs: [], may: ["type", "message"], children: [] },
  error: { needs: [], may: ["type", "message"], children: [] },
  "system-out": { needs: [], may: [], children: [] },
};

interface Shape {
  readonly needs: readonly string[];
  readonly may: readonly string[];
  readonly children: readonly string[];
}

/** Holds a document against the schema, and its counts against what is in it. */
export function assertJunit(root: Parsed): void {
  assert.equal(root.name, "testsuites");
  assertElement(root);
  for (const suite of root.children) assertCounts(suite, suite.children);
  assertCounts(
    root,
    root.children.flatMap((suite) => suite.children),
  );
}

function assertElement({ name, attributes, children, text }: Parsed): void {
  const shape = ELEMENTS[name] ?? assert.fail(`no element is called ${name}`);
  for (const key of shape.needs) assert.ok(key in attributes, `${name} needs ${key}`);
  for (const key of Object.keys(attributes)) {
    assert.ok([...shape.needs, ...shape.may].includes(key), `${name} has no ${key}`);
  }
  const order = children.map((child) => shape.children.indexOf(child.name));
  assert.ok(!order.includes(-1), `${name} holds ${children.map((child) => child.name).join(", ")}`);
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    `the children of ${name} are in their order`,
  );
  if (shape.children.length > 0) assert.equal(text.trim(), "", `${name} has no text of its own`);
  if (name === "testcase") assert.ok(children.length <= 1, "a case has one problem at most");
  for (const child of children) assertElement(child);
}

function assertCounts({ name, attributes }: Parsed, below: readonly Parsed[]): void {
  const cases = below.filter((each) => each.name === "testcase");
  const having = (problem: string) =>
    cases.filter(({ children }) => children.some((child) => child.name === problem));
  assert.equal(attributes.tests, String(cases.length), `tests of ${name}`);
  assert.equal(attributes.failures, String(having("failure").length), `failures of ${name}`);
  assert.equal(attributes.errors, String(having("error").length), `errors of ${name}`);
}
