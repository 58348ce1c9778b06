import {
  type Icon,
  IconBrowser,
  IconCircleDot,
  IconClick,
  IconCreditCard,
  IconEye,
  IconHeart,
  IconLayoutGrid,
  IconMail,
  IconMailOpened,
  IconPackage,
  IconReceipt,
  IconReceiptRefund,
  IconSearch,
  IconShoppingCart,
  IconShoppingCartMinus,
  IconShoppingCartPlus,
  IconTruckDelivery,
  IconUserCheck,
  IconUserMinus,
} from "@tabler/icons-react";
import css from "./EventIcon.module.css";

const ICONS: Record<string, Icon> = {
  "Page Viewed": IconBrowser,
  "Profile Identified": IconUserCheck,
  "Product List Viewed": IconLayoutGrid,
  "Products Searched": IconSearch,
  "Product Viewed": IconEye,
  "Product Added": IconShoppingCartPlus,
  "Product Removed": IconShoppingCartMinus,
  "Product Added to Wishlist": IconHeart,
  "Cart Viewed": IconShoppingCart,
  "Checkout Started": IconCreditCard,
  "Order Completed": IconReceipt,
  "Order Shipped": IconTruckDelivery,
  "Order Delivered": IconPackage,
  "Order Cancelled": IconReceiptRefund,
  "Order Refunded": IconReceiptRefund,
  "Message Sent": IconMail,
  "Message Opened": IconMailOpened,
  "Message Clicked": IconClick,

  Unsubscribed: IconUserMinus,
};

/** The event at a glance; its name always stands beside it. */
export function EventIcon({ name }: { name: string }) {
  const Shown = ICONS[name] ?? IconCircleDot;
  return (
    <span className={css.icon} data-worth={name.startsWith("Order ") || undefined} aria-hidden>
      <Shown size={16} stroke={1.7} />
    </span>
  );
}
