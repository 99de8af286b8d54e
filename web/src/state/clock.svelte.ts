// The time, as the page needs it: renewed each half minute while somebody looks.
let now = $state(Date.now());

setInterval(() => {
  if (!document.hidden) now = Date.now();
}, 30_000);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) now = Date.now();
});

export const clock = {
  get now(): number {
    return now;
  },
};
