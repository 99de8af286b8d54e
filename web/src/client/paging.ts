// Where a list goes on, as the Link header says (RFC 8288).

/** The query of the next page; null at the end. */
export function next(response: Response): Record<string, string> | null {
  for (const part of (response.headers.get("Link") ?? "").split(",")) {
    const found = /<([^>]+)>;\s*rel="next"/.exec(part);
    if (found?.[1] === undefined) continue;
    const wanted = ["max_id", "offset"];
    return Object.fromEntries([...new URL(found[1]).searchParams].filter(([name]) => wanted.includes(name)));
  }
  return null;
}
