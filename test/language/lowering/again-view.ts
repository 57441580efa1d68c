import type { Analysis, syntax } from "../../../engine/language/index.js";

/**
 * Everything that an analysis says, as plain values. What has no order of its own is sorted: the findings, and
 * the places of a name behind the first.
 */
export function viewOf({ program, symbols, trees, unread }: Analysis): unknown {
  const { diagnostics, switches, ...rest } = program;
  return {
    program: plain(rest),
    findings: sorted(diagnostics),
    switches: plain(switches),
    names: symbols.definitions.map((definition) => {
      const [first, ...others] = symbols.references(definition);
      return { definition: plain(definition), first, others: sorted(others) };
    }),
    trees: [...trees].map(([file, tree]) => ({
      file,
      text: tree.text,
      items: plain(tree.items),
      issues: plain(tree.issues),
      tokens: tokensOf(tree.tokens),
    })),
    unread: plain(unread),
  };
}

function tokensOf(tokens: syntax.TokenList): unknown[] {
  return Array.from({ length: tokens.length + 1 }, (_, index) => [
    tokens.kind(index),
    tokens.start(index),
    tokens.detail(index),
  ]);
}

function sorted(values: readonly unknown[]): unknown[] {
  return values
    .map(plain)
    .map((value) => ({ value, key: JSON.stringify(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ value }) => value);
}

/** A value without its classes; leaves of trees with their words, and without the text that those are cut out of. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return [...value].map(plain);
  if (value instanceof Set) return [...value].map(plain);
  const parts = Object.entries(value).flatMap(([key, part]) =>
    key === "source" ? [] : [[key, plain(part)]],
  );
  const words = "source" in value && "text" in value ? { text: value.text } : {};
  const kind = "kind" in value ? { kind: value.kind } : {};
  return { ...Object.fromEntries(parts), ...words, ...kind };
}
