export { useSubmit } from '@/api/use-submit';
