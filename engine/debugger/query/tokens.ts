/** A word, a number, a mark or a text of a query. */
export interface QueryToken {
  readonly kind: "word" | "number" | "text" | "mark";
  /** Of a text what stands between its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s+|"([^"]*)"?|(0x[0-9a-f_]+|\d[\d_]*[KMGTP]?(?![\w-]))|([A-Za-z_#]\w*(?:-\w+)*(?:\.[A-Za-z_]\w*(?:-\w+)*)?)|(==|!=|<=|>=|&&|\|\||\.\.|[<>!()[\]+,])|(.)/gi;

/** Cuts a query; a character that no query has is a mark of its own, which nothing expects. */
export function queryTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, quoted, number, word, mark, other] = match;
    const sign = mark ?? other;
    const place = { start: match.index, end: match.index + whole.length };
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted, ...place });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, ...place });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, ...place });
    else if (sign !== undefined) tokens.push({ kind: "mark", text: sign, ...place });
  }
  return tokens;
}
