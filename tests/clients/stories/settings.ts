export const settings = {
    url: process.env["STORY_URL"]!,
    login: process.env["STORY_LOGIN"]!,
    password: process.env["STORY_PASSWORD"]!,
    product: Number(process.env["STORY_PRODUCT"]),
};

export function check(actual: unknown, expected: unknown): void {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
    }
}
