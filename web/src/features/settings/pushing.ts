// Being told of things while the app is closed. Spec: Push API; Mastodon documentation, methods/push
import { calls } from "../../client/calls";
import { Failure, told } from "../../client/failure";
import { site } from "../../state/site";
import { t } from "../../strings";

const ALERTS = ["mention", "quote", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"] as const;
export type Alert = (typeof ALERTS)[number];

/** Whether this browser can be pushed to. */
export const possible = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Whether it is pushed to now. */
export async function pushed(): Promise<boolean> {
  if (!possible()) return false;
  const registration = await navigator.serviceWorker.ready;
  return (await registration.pushManager.getSubscription()) !== null;
}

/** Let the server push to this browser. Throws Failure when the person or the browser does not want it. */
export async function subscribe(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new Failure(403, t("push.denied"));
  const registration = await navigator.serviceWorker.ready;
  const { configuration } = await site();
  const key = Uint8Array.from(atob(configuration.vapid.public_key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  let made: PushSubscription;
  try {
    made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch {
    throw new Failure(0, t("push.failed"));
  }
  const { endpoint, keys } = made.toJSON();
  const alerts = Object.fromEntries(ALERTS.map((one) => [one, true]));
  const subscription = { endpoint: endpoint ?? "", keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" }, standard: true };
  await told(calls.POST("/api/v1/push/subscription", { body: { subscription, data: { alerts, policy: "all" } } as never }));
}

/** Push no more. */
export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  await told(calls.DELETE("/api/v1/push/subscription", {}));
}
