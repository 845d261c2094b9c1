"""`gongzhi`: the table of all commands. Each is loaded only when it is called, so that help and counting are quick."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True)
class Entry:
    """Where a command is, what it is for, and whether it needs the database (`records`)."""

    module: str
    function: str
    about: str
    records: bool = False


COMMANDS: dict[str, Entry | dict[str, Entry]] = {
    "demo": Entry("demo", "demo", "打开一个运行中的演示社区 · open a running demo community", True),
    "serve": Entry("serve", "serve", "启动网站和接口 · serve pages and API", True),
    "worker": Entry("serve", "worker", "计时、送达、存证 · run clocks, deliver messages, print digests", True),
    "import": {
        "messages": Entry("messages", "import_messages", "导入留言表 · load a workbook of messages", True),
        "places": Entry("places", "import_places", "导入全国区划 · load the national division table", True),
        "pb": Entry("elections", "import_pb", "导入在别处投的项目票 · load a vote over projects held elsewhere", True),
        "grid": Entry("grid", "import_grid", "导入网格 · load grid units from GeoJSON or Shapefile", True),
    },
    "grid": {"check": Entry("grid", "check", "检查网格的划分 · check the grid units of a community", True)},
    "audit": Entry("audit", "audit", "重放每件事、核对每条链 · replay every matter, verify every chain", True),
    "story": {"run": Entry("story", "run", "在真实服务上演剧本 · play stories on a real server")},
    "charter": {
        "check": Entry("charter", "check", "检查章程 · check a charter"),
        "explain": Entry("charter", "explain", "解释一条检查结果 · explain a finding"),
        "new": Entry("writing", "new", "从模板开始写一部章程 · start a charter from the template"),
        "covers": Entry("covers", "covers", "来源条目由谁做到 · which item of the sources is done where"),
        "print": Entry("writing", "print_prose", "把程序印成一句句话 · print procedures as sentences"),
        "diff": Entry("writing", "diff", "比较两部章程 · compare two charters"),
        "adopt": Entry("adopting", "adopt", "一个社区采用章程 · put a charter in force", True),
        "rollback": Entry("adopting", "rollback", "重新采用以前的版本 · adopt the version before again", True),
        "export": Entry("export", "export_charter", "导出流程图 · export procedures as BPMN, PNML, Mermaid"),
        "import-bpmn": Entry("export", "import_bpmn", "把自己导出的流程图读回来 · read our own BPMN back"),
    },
    "export": {"events": Entry("export_events", "export_events", "导出办理记录 · export the log as XES or OCEL", True)},
    "deadline": Entry("law", "deadline", "算一个期限 · count a deadline"),
    "count": Entry("law", "count_votes", "按规则计票 · count votes by a rule"),
    "tally": Entry("tally", "tally", "数一个选票文件 · count a file of ballots"),
    "draw": Entry("tally", "draw_lots", "按公布的种子抽签 · draw lots by a published seed"),
    "opinion-map": Entry("opinion", "opinion", "看谁和谁想的一样 · groups of opinion from a file of votes"),
    "budget": Entry("budget", "budget", "按规则分一笔钱 · share money among projects by a vote"),
    "funds": {
        "export": Entry("funds", "export", "把一年的账导出成Excel · export the books of a year", True),
        "import": Entry("funds", "import_", "把导出的账读进空账 · read exported books into an empty one", True),
        "check": Entry("funds", "check_books", "核对账目 · prove the books", True),
    },
    "recount": Entry("recount", "recount", "用公布的匿名票再算一遍 · count published ballots again"),
    "route": {
        "train": Entry("routing", "train_file", "学习每类事的说法 · learn which words point to which category"),
        "predict": Entry("routing", "predict", "给每条留言提议一类 · propose a category for each message"),
        "learn": Entry("routing", "learn_own", "从办结的事项学归类 · learn from finished matters", True),
    },
    "hotspots": Entry("hotspots", "hotspots", "多人反映的同一件事 · what many people say about one place"),
    "indicators": {
        "rebuild": Entry("indicators", "rebuild", "从记录重新数一遍 · count the whole log anew", True),
        "recompute": Entry("indicators", "recompute", "用公开文件重算每个数 · count a published file again"),
    },
    "bench": Entry("bench", "bench", "测速 · measure speed beside its comparison"),
}
ABOUT = "共治：社区自己的规矩，按时、公开地办。 Gongzhi: a community's own rules, on time and in the open."


class Table(TyperGroup):
    """A group of commands that knows their names and summaries without loading them."""

    def __init__(self, name: str, table: dict[str, Entry | dict[str, Entry]], about: str) -> None:
        super().__init__(name=name, help=about, no_args_is_help=True, rich_markup_mode=None)
        self.table = table

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(self.table)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override]
        found = self.table.get(cmd_name)
        if isinstance(found, dict):
            return Table(cmd_name, dict(found), summary(found))
        return load(cmd_name, found) if found else None

    def format_commands(self, ctx: typer.Context, formatter) -> None:  # type: ignore[no-untyped-def, override]
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(found)) for name, found in self.table.items()])


def summary(found: Entry | dict[str, Entry]) -> str:
    return found.about if isinstance(found, Entry) else " / ".join(found)


def load(name: str, entry: Entry) -> TyperCommand | TyperGroup:
    """The command itself, ready to run; Django is set up first where it needs the records."""
    set_up(entry.records)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name)(getattr(import_module(f"gongzhi.commands.{entry.module}"), entry.function))
    command = typer.main.get_command(app)
    command.name = name
    return command  # type: ignore[return-value]


def set_up(records: bool) -> None:
    """Django whole where a command needs the records; else its translations only, which takes a third of the time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    # The CEL package imports its own interactive terminal: a third of the start of a command, for nothing we use.
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import django
    from django.apps import apps

    if records:
        django.setup()
    elif not apps.ready:
        apps.populate(())


def main() -> None:
    """The entry point `gongzhi`."""
    Table("gongzhi", COMMANDS, ABOUT)(prog_name="gongzhi")


if __name__ == "__main__":
    main()
