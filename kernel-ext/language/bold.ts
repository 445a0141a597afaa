/**
 * Bold in terminals and notebooks: names of errors, marks below code. In the colour of the text around it: the red that
 * notebooks have for terminals' red is too pale on the ground they give errors, in light themes and in dark ones.
 */
export const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;
