// A shop's server with Segment's own SDK for Node; only the host is ours.
import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: process.env.KEY, host: process.env.HOST });
analytics.on("error", (error) => {
  console.error(error);
  process.exitCode = 1;
});

analytics.identify({ userId: "anna", traits: { email: "anna@example.com", city: "Алматы" } });
analytics.track({
  userId: "anna",
  event: "Order Completed",
  properties: { order_id: "o1", revenue: 18.99, currency: "EUR", products: [{ product_id: "p1", quantity: 2 }] },
});
analytics.page({ anonymousId: "device-1", name: "Home", properties: { url: "https://shop.test/" } });
analytics.screen({ userId: "anna", name: "Cart" });
analytics.group({ userId: "anna", groupId: "vip", traits: { plan: "gold" } });
analytics.alias({ previousId: "device-1", userId: "anna" });
analytics.track({ userId: "anna", event: "Tea Tasted", timestamp: new Date(Date.now() - 3_600_000) });
await analytics.closeAndFlush();
