"""Tools that make clients, what compiles these, and what has them tell the story."""

import json
import shutil
from pathlib import Path
from typing import Callable, NamedTuple, Optional

from sweep.generators import BIN, generate, run

REPO = Path(__file__).resolve().parents[2]
STORIES = Path(__file__).parent / "stories"
MODULES = REPO / ".odoo" / "clients" / "node_modules"
NODE = MODULES / ".bin"
STRICT = (
    *("--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable"),
    *("--moduleResolution", "bundler", "--module", "esnext", "--types", "node"),
)
JAVA = Path("/usr/share/java")  # of Debian
JARS = ("httpclient", "httpcore", "httpmime", "geronimo-annotation-1.3-spec")


class Tool(NamedTuple):
    """A tool, in a folder that has ``openapi.json``.

    :param str name: of the tool
    :param get_version: function that returns its version
    :param generate: function of the folder
    :param compile: function of the folder; None where no registry has the compiler
    :param tell: function of the folder and of the settings of the story
    """

    name: str
    get_version: Callable
    generate: Callable
    compile: Optional[Callable] = None
    tell: Optional[Callable] = None


# ------------------------------------------------------------
# TypeScript
# ------------------------------------------------------------


def get_node_version(package):
    return json.loads((MODULES / package / "package.json").read_text())["version"]


def prepare_typescript(folder, story):
    shutil.copy(STORIES / "settings.ts", folder)
    shutil.copy(STORIES / f"{story}.ts", folder / "story.ts")
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(MODULES)


def compile_typescript(story, *options):
    def compile_(folder):
        prepare_typescript(folder, story)
        run(folder, NODE / "tsc", *STRICT, *options, "story.ts")

    return compile_


def tell_typescript(folder, **settings):
    bundle = ["--bundle", "--platform=node", "--format=esm", "--log-level=error"]
    run(folder, NODE / "esbuild", "story.ts", *bundle, "--outfile=story.mjs")
    return run(folder, "node", "story.mjs", **settings)


def openapi_typescript(folder):
    run(folder, NODE / "openapi-typescript", "openapi.json", "--output", "types.ts")


def hey_api(folder):
    run(folder, NODE / "openapi-ts", "-i", "openapi.json", "-o", "hey_api", "-c",
        "@hey-api/client-fetch")  # fmt: skip


def orval(folder):
    output = {"target": "orval.ts", "client": "fetch", "baseUrl": "$STORY_URL"}
    config = {"odoo": {"input": {"target": "openapi.json"}, "output": output}}
    (folder / "orval.config.json").write_text(json.dumps(config))
    run(folder, NODE / "orval", "--config", "orval.config.json")


def tell_orval(folder, **settings):
    target = folder / "orval.ts"
    text = target.read_text().replace("$STORY_URL", settings["STORY_URL"])
    target.write_text(text)
    return tell_typescript(folder, **settings)


# ------------------------------------------------------------
# Python
# ------------------------------------------------------------


def get_pip_version(package):
    shown = run(REPO, BIN / "pip", "show", "--quiet", package)
    shown = shown or run(REPO, BIN / "pip", "show", package)
    lines = (line.partition(": ") for line in shown.splitlines())
    return next(value for name, _colon, value in lines if name == "Version")


def openapi_python_client(folder):
    (folder / "config.yml").write_text("post_hooks: []\n")
    command = [BIN / "openapi-python-client", "generate", "--path", "openapi.json"]
    command += ["--meta", "none", "--output-path", "python_client"]
    run(folder, *command, "--config", "config.yml", "--fail-on-warning")


def check_types(folder):
    shutil.copy(STORIES / "python_client.py", folder / "story.py")
    run(folder, BIN / "mypy", "--strict", "story.py")


def tell_python(folder, **settings):
    return run(folder, BIN / "python", "-W", "error", "story.py", **settings)


def compile_python(folder):
    shutil.copy(STORIES / "python.py", folder / "story.py")
    run(folder / "python", BIN / "python", "-W", "error", "-c",
        "import openapi_client.api, openapi_client.models")  # fmt: skip


# ------------------------------------------------------------
# Others of openapi-generator
# ------------------------------------------------------------


def openapi_generator(generator, output, *options):
    return lambda folder: generate(folder, generator, output, *options)


def get_class_path():
    """Return the path of what a client of Java needs: openapi-generator has Jackson."""
    jar = next(BIN.parent.glob("lib/python*/site-packages/openapi_generator_cli/*.jar"))
    return ":".join([str(jar), *(str(JAVA / f"{name}.jar") for name in JARS)])


def compile_java(folder):
    shutil.copy(STORIES / "Story.java", folder)
    sources = [*folder.glob("java/src/main/**/*.java"), folder / "Story.java"]
    (folder / "sources").write_text("\n".join(map(str, sources)))
    # The others are of what generated classes hold, and of Jackson.
    lints = "-Xlint:all,-serial,-rawtypes,-unchecked,-processing"
    run(folder, "javac", "-proc:none", lints, "-Xmaxerrs", "1000", "-d", "classes",
        "-cp", get_class_path(), "@sources")  # fmt: skip


def compile_php(folder):
    shutil.copy(STORIES / "story.php", folder)
    for path in [*folder.glob("php/lib/**/*.php"), folder / "story.php"]:
        run(folder, "php", "-d", "error_reporting=-1", "-l", path)


def tell_php(folder, **settings):
    return run(folder, "php", "story.php", **settings)


def run_go(folder, *command, **settings):
    offline = {
        "GOFLAGS": "-mod=mod",
        "GOPROXY": "off",
        "GOCACHE": str(folder / "cache"),
    }
    return run(folder / "go", BIN / "go", *command, **offline, **settings)


def generate_go(folder):
    generate(folder, "go", "go", "--additional-properties=packageName=client")
    module = folder / "go" / "go.mod"
    lines = module.read_text().splitlines()
    module.write_text("\n".join(["module example.com/odoo", *lines[1:], ""]))
    shutil.rmtree(folder / "go" / "test")  # which need a library of their own


def compile_go(folder):
    (folder / "go" / "story").mkdir(exist_ok=True)
    shutil.copy(STORIES / "story.go", folder / "go" / "story" / "main.go")
    run_go(folder, "vet", "./...")
    run_go(folder, "build", "-o", "told", "./story")


def tell_go(folder, **settings):
    return run(folder, folder / "go" / "told", **settings)


def get_generator_version():
    return get_pip_version("openapi-generator-cli")


TOOLS = (
    Tool(
        "openapi-typescript, openapi-fetch",
        lambda: get_node_version("openapi-typescript"),
        openapi_typescript,
        compile_typescript("openapi_fetch", "--noUncheckedIndexedAccess"),
        tell_typescript,
    ),
    Tool(
        "hey-api",
        lambda: get_node_version("@hey-api/openapi-ts"),
        hey_api,
        compile_typescript("hey_api", "--noUncheckedIndexedAccess"),
        tell_typescript,
    ),
    Tool(
        "orval",
        lambda: get_node_version("orval"),
        orval,
        compile_typescript("orval", "--noUncheckedIndexedAccess"),
        tell_orval,
    ),
    Tool(
        "openapi-python-client",
        lambda: get_pip_version("openapi-python-client"),
        openapi_python_client,
        check_types,
        tell_python,
    ),
    Tool(
        "openapi-generator: python",
        get_generator_version,
        openapi_generator("python", "python"),
        compile_python,
        tell_python,
    ),
    Tool(
        "openapi-generator: typescript-fetch",
        get_generator_version,
        openapi_generator("typescript-fetch", "typescript_fetch"),
        compile_typescript("typescript_fetch"),
        tell_typescript,
    ),
    Tool(
        "openapi-generator: java",
        get_generator_version,
        openapi_generator(
            *("java", "java", "--library=native", "--additional-properties"),
            "openApiNullable=false,useSingleRequestParameter=true",
        ),
        compile_java,  # the story needs a library of theirs for links that are null
    ),
    Tool(
        "openapi-generator: php",
        get_generator_version,
        openapi_generator("php", "php"),
        compile_php,
        tell_php,
    ),
    Tool(
        "openapi-generator: go",
        get_generator_version,
        generate_go,
        compile_go,
        tell_go,
    ),
    # The compiler of C# is in no registry of packages for Debian, Python or Node.
    Tool(
        "openapi-generator: csharp",
        get_generator_version,
        openapi_generator("csharp", "csharp"),
    ),
)
