"""The calls of `pulumirpc.LanguageRuntime` that this host answers; the rest are unimplemented to the engine."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, plugin_pb2

from trimtab import __version__
from trimtab.local.langhost import packages
from trimtab.local.langhost.install import install
from trimtab.local.langhost.interpreter import OptionError
from trimtab.local.langhost.plugin import run_plugin
from trimtab.local.langhost.program import interpreter_of, run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trimtab.local.langhost.children import Children


@dataclass(frozen=True)
class LanguageService:
    """The calls, each with the name that the protocol gives it.

    Attributes:
        engine_address: the engine's log service.
        exec_script: `pulumi-language-python-exec`.
        children: what was started.
    """

    engine_address: str
    exec_script: Path
    children: Children

    def handshake(self, _request: object, _context: object) -> language_pb2.LanguageHandshakeResponse:
        return language_pb2.LanguageHandshakeResponse()

    def get_plugin_info(self, _request: object, _context: object) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=__version__)

    def get_required_packages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        found = packages.required_packages(self._search_path(request.info, context))
        return language_pb2.GetRequiredPackagesResponse(packages=found)

    def get_required_plugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        found = packages.required_packages(self._search_path(request.info, context))
        plugins = [
            plugin_pb2.PluginDependency(name=item.name, kind=item.kind, version=item.version, server=item.server)
            for item in found
        ]
        return language_pb2.GetRequiredPluginsResponse(plugins=plugins)

    def about(self, request: language_pb2.AboutRequest, context: grpc.ServicerContext) -> language_pb2.AboutResponse:
        try:
            python = interpreter_of(request.info).python
        except OptionError as error:
            _refuse(context, error)
        return language_pb2.AboutResponse(
            executable=str(python), version=platform.python_version(), metadata={"host": f"trimtab {__version__}"}
        )

    def get_program_dependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        path = self._search_path(request.info, context)
        found = packages.dependencies(path, transitive=request.transitiveDependencies)
        return language_pb2.GetProgramDependenciesResponse(dependencies=found)

    def install_dependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        try:
            yield from install(request.info, children=self.children)
        except (OptionError, OSError) as error:
            _refuse(context, error)

    def run(self, request: language_pb2.RunRequest, context: grpc.ServicerContext) -> language_pb2.RunResponse:
        if request.attach_debugger:
            _refuse(context, OptionError("this language host does not attach debuggers; leave --attach-debugger out."))
        try:
            return run_program(
                request,
                exec_script=self.exec_script,
                engine_address=self.engine_address,
                children=self.children,
                on_end_of_call=context.add_callback,
            )
        except (OptionError, OSError) as error:
            _refuse(context, error)

    def run_plugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        try:
            yield from run_plugin(request, children=self.children, on_end_of_call=context.add_callback)
        except (OptionError, OSError) as error:
            _refuse(context, error)

    def cancel(self, _request: object, _context: object) -> empty_pb2.Empty:
        self.children.end_all()
        return empty_pb2.Empty()

    def _search_path(self, info: language_pb2.ProgramInfo, context: grpc.ServicerContext) -> list[Path]:
        try:
            return interpreter_of(info).search_path()
        except OptionError as error:
            _refuse(context, error)


def _refuse(context: grpc.ServicerContext, error: Exception) -> NoReturn:
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
    raise AssertionError from error  # abort has raised already; this tells the type checker so
