/** Finds the modules of AppAuth, which name each other as bundlers know them. */
const ENDINGS = ["", ".js", "/index.js"];

export async function resolve(name, context, next) {
    let failure;
    for (const ending of ENDINGS) {
        try {
            return await next(name + ending, context);
        } catch (error) {
            failure = failure ?? error;
        }
    }
    throw failure;
}
