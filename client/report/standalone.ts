/**
 * A page that holds a report and needs nothing else: no script, no network, light or dark as its reader
 * likes it.
 * @param style of the report, trusted
 * @param report what the server answers, in which everything of a file is escaped
 */
export function standaloneHtml(title: string, style: string, report: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${style.replace(/<\//g, "<\\/")}
</style>
</head>
<body>
<main>
${report}</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
