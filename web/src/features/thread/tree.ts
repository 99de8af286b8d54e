// The answers to a post as they answer each other.
import type { Status } from "../../client";

export interface Branch {
  id: string;
  answers: Branch[];
}

/** The tree below a post. What answers something that is not here stands below the post itself. */
export function tree(root: string, answers: readonly Status[]): Branch[] {
  const branches = new Map(answers.map((one) => [one.id, { id: one.id, answers: [] as Branch[] }]));
  const top: Branch[] = [];
  for (const one of answers) {
    const branch = branches.get(one.id);
    if (branch === undefined) continue;
    const parent = one.in_reply_to_id === root || one.in_reply_to_id === null ? undefined : branches.get(one.in_reply_to_id);
    (parent === undefined || parent === branch ? top : parent.answers).push(branch);
  }
  return top;
}
