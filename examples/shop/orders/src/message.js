export const message = "Orders are open";
