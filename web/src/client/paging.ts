// Where a list goes on, as the Link header says (RFC 8288).

/** The query of the next page; null at the end. */
export function next(response: Response): { max_id: string } | null {
  for (const part of (response.headers.get("Link") ?? "").split(",")) {
    const found = /<([^>]+)>;\s*rel="next"/.exec(part);
    if (found?.[1] === undefined) continue;
    const below = new URL(found[1]).searchParams.get("max_id");
    if (below !== null) return { max_id: below };
  }
  return null;
}
