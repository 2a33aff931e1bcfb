export { LoadingRows as default } from "@/components/loading-rows";
