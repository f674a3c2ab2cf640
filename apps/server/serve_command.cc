// karvan serve: the corridor for pages and programs, over HTTP.

#include "serve_command.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"

#include "../cli/output.h"
#include "../cli/session.h"
#include "api.h"
#include "transport.h"

namespace karvan::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShortestToken = 16;
constexpr std::size_t kMostSimulationsWaiting = 16;

struct ServeArgs {
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string store;
  std::string web;
  std::string token_file;
  int request_seconds = 10;
};

// $XDG_STATE_HOME/karvan or ~/.local/state/karvan.
Result<std::string> usual_store() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::string folder;
  if (state != nullptr && *state != '\0') {
    folder = std::string{state} + "/karvan";
  } else if (home != nullptr && *home != '\0') {
    folder = std::string{home} + "/.local/state/karvan";
  } else {
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "there is no home folder to keep answers in; say --store FILE",
                 .where = "--store"};
  }
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault)
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot make folder " + folder + ": " + fault.message(),
                 .where = "--store"};
  return folder + "/store.sqlite";
}

// As given; else build/web, else what is installed beside the program; no page if there is none.
Result<PageFiles> page_of(const std::string& given) {
  if (!given.empty()) return PageFiles::read(given);
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  for (const fs::path& folder : {fs::path{"build/web"}, program.parent_path() / "../web",
                                 program.parent_path() / "../share/karvan/web"}) {
    if (fs::is_regular_file(folder / "index.html", fault)) return PageFiles::read(folder.string());
  }
  return PageFiles{};
}

Result<std::string> token_of(const ServeArgs& args) {
  if (args.token_file.empty()) {
    if (is_loopback(args.address)) return std::string{};
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "'" + args.address +
                            "' can be reached by others: say --token-file FILE too, or listen on "
                            "127.0.0.1",
                 .where = "--address"};
  }
  Result<std::string> text = cli::read_file(args.token_file);
  if (!text) return Error{text.error().kind, text.error().message, "--token-file"};
  const std::string token{trim(*text)};
  if (token.size() >= kShortestToken) return token;
  return Error{.kind = ErrorKind::kInvalid,
               .message = "the token is too short to keep anybody out; expected at least " +
                          std::to_string(kShortestToken) + " characters",
               .where = "--token-file"};
}

// The store's file beside which nothing else is opened, and all that stands on it.
struct Server {
  std::unique_ptr<Store> store;
  std::unique_ptr<Cases> cases;
  PageFiles page;
  std::string token;
};

Result<Server> prepare(const cli::Settings& settings, const ServeArgs& args) {
  Server server;
  Result<std::string> token = token_of(args);
  if (!token) return token.error();
  server.token = std::move(token).value();
  Result<PageFiles> page = page_of(args.web);
  if (!page) return page.error();
  server.page = std::move(page).value();
  const Result<std::string> file =
      args.store.empty() ? usual_store() : Result<std::string>{args.store};
  if (!file) return file.error();
  Result<std::unique_ptr<Store>> store = Store::open(*file);
  if (!store) return store.error();
  server.store = std::move(store).value();
  cli::Settings base = settings;
  base.scenario.clear();
  std::unique_ptr<cli::Session> session = cli::open_session(base);
  if (!session)
    return Error{.kind = ErrorKind::kInvalid, .message = "nothing to serve", .where = "--data"};
  Result<std::unique_ptr<Cases>> cases = Cases::open(std::move(session), *server.store);
  if (!cases) return cases.error();
  server.cases = std::move(cases).value();
  return server;
}

int run_serve(const cli::Settings& settings, const ServeArgs& args) {
  if (args.port < 0 || args.port > 65535)
    return cli::fail({.kind = ErrorKind::kInvalid,
                      .message = "is out of range; expected 0 to 65535",
                      .where = "--port"});
  if (args.request_seconds < 1 || args.request_seconds > 600)
    return cli::fail({.kind = ErrorKind::kInvalid,
                      .message = "is out of range; expected 1 to 600",
                      .where = "--request-seconds"});
  const Result<Server> prepared = prepare(settings, args);
  if (!prepared) return cli::fail(prepared.error());
  const Server& server = *prepared;
  Metrics metrics;
  // Pools end before what carries their answers does: the api is set free before the transport.
  std::unique_ptr<Api> api;
  std::unique_ptr<Simulations> simulations;
  TransportLimits limits;
  limits.request = std::chrono::seconds{args.request_seconds};
  const auto transport = Transport::open(
      args.address, static_cast<std::uint16_t>(args.port), limits,
      [&api](Request request, const Reply& reply) { api->handle(std::move(request), reply); },
      [&api] { api->hung_up(); });
  if (!transport) return cli::fail(transport.error());
  simulations = std::make_unique<Simulations>(*server.store, server.cases->data_hash(),
                                              kMostSimulationsWaiting);
  const Services services{*server.cases, *server.store, *simulations, server.page, metrics};
  api = std::make_unique<Api>(
      services, Access{.token = server.token, .only_local_names = is_loopback(args.address)},
      Rooms{.cores = std::max(1U, std::thread::hardware_concurrency())});
  const std::string host =
      args.address.find(':') == std::string::npos ? args.address : "[" + args.address + "]";
  const Status told = cli::write_out("karvan serves " + settings.data + " on http://" + host + ":" +
                                     std::to_string((*transport)->port()) + "/\n");
  if (!told) return cli::fail(told.error());
  if (server.page.size() == 0 && !settings.quiet) cli::say("no page is built: only the API");
  (*transport)->run([&simulations] { simulations->cancel_all(); });
  api.reset();
  simulations.reset();
  return cli::kAnswered;
}

}  // namespace

cli::Verb add_serve(CLI::App& parent) {
  auto args = std::make_shared<ServeArgs>();
  CLI::App* app = parent.add_subcommand("serve", "Serve the corridor to browsers and programs");
  app->add_option("--address", args->address,
                  "Where to listen; others than this machine's own "
                  "need --token-file")
      ->type_name("IP")
      ->capture_default_str();
  app->add_option("--port", args->port, "0: any that is free")
      ->type_name("N")
      ->capture_default_str();
  app->add_option("--store", args->store,
                  "Where scenarios and answers are kept (~/.local/state/karvan/store.sqlite)")
      ->type_name("FILE");
  app->add_option("--web", args->web, "Folder of the page (build/web)")->type_name("DIR");
  app->add_option("--token-file", args->token_file,
                  "Everybody who asks must know what is written here")
      ->type_name("FILE");
  app->add_option("--request-seconds", args->request_seconds,
                  "How long a request may take to arrive")
      ->type_name("N")
      ->capture_default_str();
  app->footer(
      "Ends on Ctrl-C or SIGTERM, after what is being answered. The contract is "
      "api/openapi.yaml.\n"
      "\n"
      "Examples:\n"
      "  karvan serve\n"
      "  karvan serve --port 9000 --data data/demo --store /tmp/demo.sqlite\n"
      "  curl -s localhost:8080/v1/scenarios");
  return {.app = app, .run = [args](const cli::Settings& s) { return run_serve(s, *args); }};
}

}  // namespace karvan::server
