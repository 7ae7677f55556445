import { visible } from '../../schemas/visible-text.ts';
import { fitText } from './fit-text.ts';

/** Foreign text for Security Hub, which takes no text that is blank. */
export function asffText(text: string, limit: number): string {
  const shown = fitText(visible(text.slice(0, limit + 1)), limit);
  return /\S/.test(shown) ? shown : '(blank)';
}
