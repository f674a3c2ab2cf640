#include "transport.h"

#include <atomic>
#include <csignal>
#include <set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sys/resource.h>

namespace karvan::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// Errors come as values: nothing here throws. What a coroutine is given lives in its caller: g++ 12
// destroys twice what is passed by value within a co_await.
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kStreamStep{200};
constexpr std::size_t kMostDrained = 4U << 20U;

std::string lower(beast::string_view text) {
  std::string result{text};
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

using ParsedRequest = http::request<http::string_body>;

std::optional<Request> request_of(ParsedRequest&& parsed) {
  const beast::string_view written = parsed.target();
  std::optional<Target> target = parse_target({written.data(), written.size()});
  if (!target) return std::nullopt;
  Request request{.method = std::string{parsed.method_string()},
                  .path = std::move(target->path),
                  .query = std::move(target->query),
                  .headers = {},
                  .body = std::move(parsed.body())};
  if (request.method == "HEAD") request.method = "GET";
  for (const auto& field : parsed)
    request.headers.emplace_back(lower(field.name_string()), std::string{field.value()});
  return request;
}

// What a reader's fault is answered with; nothing where there is nobody left to hear it.
std::optional<Response> answer_to(const error_code& fault) {
  if (fault == http::error::body_limit) return problem(413, "the body is too large");
  if (fault == http::error::header_limit || fault == http::error::buffer_overflow)
    return problem(431, "the header is too large");
  if (fault == http::error::end_of_stream || fault == http::error::partial_message)
    return std::nullopt;
  if (fault.category() == http::make_error_code(http::error::bad_method).category())
    return problem(400, "not HTTP as RFC 9112 has it: " + fault.message());
  return std::nullopt;
}

// The end of a peer's time to send. A tcp_stream's own timer would close the connection, and the
// peer would never hear why.
struct Deadline {
  beast::tcp_stream* stream;  // null once the request has arrived
  bool is_over = false;
};

// Where a handler's answer, from whatever thread, meets the connection that waits for it.
struct Exchange {
  explicit Exchange(const asio::any_io_executor& executor) : arrived{executor} {}
  asio::steady_timer arrived;
  std::optional<Response> response;
  bool is_over = false;
  std::shared_ptr<std::atomic<bool>> is_unwanted = std::make_shared<std::atomic<bool>>(false);
};

// Whether there is nothing more to come from the peer; asked where the socket can be read.
bool has_ended(tcp::socket& socket) {
  std::array<char, 1> byte{};
  error_code fault;
  socket.non_blocking(true, fault);
  if (fault) return false;
  const std::size_t n = socket.receive(asio::buffer(byte), tcp::socket::message_peek, fault);
  return fault ? fault != asio::error::would_block : n == 0;
}

}  // namespace

struct Transport::Machine {
  TransportLimits limits;
  Handler handler;
  HungUp hung_up;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context};
  asio::steady_timer grace{context};
  std::uint16_t port = 0;
  bool is_stopping = false;
  std::set<beast::tcp_stream*> idle;  // connections between two requests
  std::set<std::shared_ptr<Exchange>> asked;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> refused{0};
  std::function<void()> stopping;

  Status listen(const std::string& address, std::uint16_t wanted);
  asio::awaitable<void> accept_all();
  asio::awaitable<void> converse(tcp::socket socket);
  asio::awaitable<bool> exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  asio::awaitable<Response> ask(Request& request, tcp::socket& socket);
  void listen_for_end(tcp::socket& socket, const std::shared_ptr<Exchange>& exchange);
  asio::awaitable<bool> write(beast::tcp_stream& stream,
                              Response& response,
                              bool is_head,
                              bool keep_alive);
  asio::awaitable<bool> write_stream(beast::tcp_stream& stream,
                                     http::response<http::empty_body>& head,
                                     Response& response);
  asio::awaitable<void> hang_up(beast::tcp_stream& stream);
  asio::awaitable<void> refuse(tcp::socket socket);
  void begin_stop();
  void end_if_empty() {
    if (is_stopping && connections == 0) context.stop();
  }
};

Status Transport::Machine::listen(const std::string& address, std::uint16_t wanted) {
  const auto refuse = [&](const error_code& fault) {
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot listen on " + address + ":" + std::to_string(wanted) + ": " +
                            fault.message()};
  };
  error_code fault;
  const asio::ip::address ip = asio::ip::make_address(address, fault);
  if (fault) return refuse(fault);
  const tcp::endpoint endpoint{ip, wanted};
  if (acceptor.open(endpoint.protocol(), fault); fault) return refuse(fault);
  if (acceptor.set_option(tcp::acceptor::reuse_address(true), fault); fault) return refuse(fault);
  if (acceptor.bind(endpoint, fault); fault) return refuse(fault);
  if (acceptor.listen(asio::socket_base::max_listen_connections, fault); fault)
    return refuse(fault);
  port = acceptor.local_endpoint(fault).port();
  return Done{};
}

asio::awaitable<void> Transport::Machine::accept_all() {
  while (!is_stopping) {
    auto [fault, socket] = co_await acceptor.async_accept(kAwait);
    if (is_stopping) co_return;
    if (fault) {
      // No descriptors left, or the peer went away meanwhile: a moment later there may be.
      asio::steady_timer pause{context, std::chrono::milliseconds{50}};
      co_await pause.async_wait(kAwait);
      continue;
    }
    const bool has_room = connections < limits.connections;
    ++connections;
    auto conversation = has_room ? converse(std::move(socket)) : refuse(std::move(socket));
    asio::co_spawn(context, std::move(conversation), [this](const std::exception_ptr&) {
      --connections;
      end_if_empty();
    });
  }
}

asio::awaitable<void> Transport::Machine::refuse(tcp::socket socket) {
  ++refused;
  beast::tcp_stream stream{std::move(socket)};
  Response response = busy(503, "too many connections", 5);
  co_await write(stream, response, false, false);
}

asio::awaitable<void> Transport::Machine::converse(tcp::socket socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored);
  beast::tcp_stream stream{std::move(socket)};
  beast::flat_buffer buffer{limits.header_bytes + (64U << 10U)};
  while (!is_stopping) {
    if (buffer.size() == 0) {
      stream.expires_after(limits.idle);
      idle.insert(&stream);
      const auto [fault, n] =
          co_await stream.async_read_some(buffer.prepare(std::size_t{4} << 10U), kAwait);
      idle.erase(&stream);
      if (fault) co_return;
      buffer.commit(n);
    }
    if (!co_await exchange(stream, buffer)) break;
  }
  co_await hang_up(stream);
}

// One request and its answer; false if the connection is to end.
asio::awaitable<bool> Transport::Machine::exchange(beast::tcp_stream& stream,
                                                   beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(limits.header_bytes);
  parser.body_limit(limits.body_bytes);
  stream.expires_never();
  const auto deadline = std::make_shared<Deadline>(&stream);
  asio::steady_timer late{context, limits.request};
  late.async_wait([deadline](const error_code& cancelled) {
    if (cancelled || deadline->stream == nullptr) return;
    deadline->is_over = true;
    deadline->stream->cancel();
  });
  const auto [fault, n] = co_await http::async_read(stream, buffer, parser, kAwait);
  static_cast<void>(n);
  deadline->stream = nullptr;
  late.cancel();
  if (fault) {
    std::optional<Response> response =
        deadline->is_over ? problem(408, "the request took too long to arrive") : answer_to(fault);
    if (response) co_await write(stream, *response, false, false);
    co_return false;
  }
  ParsedRequest parsed = parser.release();
  const bool is_head = parsed.method() == http::verb::head;
  const bool keep_alive = parsed.keep_alive();
  std::optional<Request> request = request_of(std::move(parsed));
  Response response = problem(400, "the target is no path of this server");
  if (request) response = co_await ask(*request, stream.socket());
  const bool goes_on = co_await write(stream, response, is_head, keep_alive && !is_stopping);
  co_return goes_on;
}

void Transport::Machine::listen_for_end(tcp::socket& socket,
                                        const std::shared_ptr<Exchange>& exchange) {
  socket.async_wait(tcp::socket::wait_read, [this, &socket, exchange](const error_code& fault) {
    if (fault || exchange->is_over || !has_ended(socket)) return;
    *exchange->is_unwanted = true;
    if (hung_up) hung_up();
  });
}

asio::awaitable<Response> Transport::Machine::ask(Request& request, tcp::socket& socket) {
  auto exchange = std::make_shared<Exchange>(context.get_executor());
  exchange->arrived.expires_after(limits.answer);
  request.is_unwanted = exchange->is_unwanted;
  asked.insert(exchange);
  listen_for_end(socket, exchange);
  handler(std::move(request), [exchange](Response response) {
    asio::post(exchange->arrived.get_executor(),
               [exchange, response = std::move(response)]() mutable {
                 exchange->response = std::move(response);
                 exchange->arrived.cancel();
               });
  });
  // A reply given meanwhile is posted behind this wait.
  co_await exchange->arrived.async_wait(kAwait);
  exchange->is_over = true;
  asked.erase(exchange);
  error_code ignored;
  socket.cancel(ignored);
  if (!exchange->response) co_return busy(503, "the answer took too long", 60);
  co_return std::move(*exchange->response);
}

asio::awaitable<bool> Transport::Machine::write(beast::tcp_stream& stream,
                                                Response& response,
                                                bool is_head,
                                                bool keep_alive) {
  http::response<http::empty_body> head;
  head.version(11);
  head.result(static_cast<unsigned>(response.status));
  head.keep_alive(keep_alive);
  for (const auto& [name, value] : security_headers())
    head.set(name, value);
  for (const auto& [name, value] : response.headers)
    head.set(name, value);
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body) head.set(http::field::content_type, response.type);
  if (response.stream && !is_head) co_return co_await write_stream(stream, head, response);
  http::response<http::string_body> message{std::move(head.base())};
  if (has_body) message.content_length(response.body.size());
  if (has_body && !is_head) message.body() = std::move(response.body);
  stream.expires_after(limits.write);
  const auto [fault, n] = co_await http::async_write(stream, message, kAwait);
  static_cast<void>(n);
  co_return !fault && keep_alive;
}

asio::awaitable<bool> Transport::Machine::write_stream(beast::tcp_stream& stream,
                                                       http::response<http::empty_body>& head,
                                                       Response& response) {
  head.chunked(true);
  const bool keep_alive = head.keep_alive();
  http::response_serializer<http::empty_body> serializer{head};
  stream.expires_after(limits.write);
  const auto [fault, n] = co_await http::async_write_header(stream, serializer, kAwait);
  static_cast<void>(n);
  if (fault) co_return false;
  asio::steady_timer pause{context};
  while (!is_stopping) {
    const std::optional<std::string> text = response.stream();
    if (!text) break;
    if (!text->empty()) {
      stream.expires_after(limits.write);
      const auto [broken, m] =
          co_await asio::async_write(stream, http::make_chunk(asio::buffer(*text)), kAwait);
      static_cast<void>(m);
      if (broken) co_return false;
    }
    pause.expires_after(kStreamStep);
    co_await pause.async_wait(kAwait);
  }
  const auto [broken, m] = co_await asio::async_write(stream, http::make_chunk_last(), kAwait);
  static_cast<void>(m);
  co_return !broken && keep_alive && !is_stopping;
}

// What the peer still sends is read away for a moment: closing upon it would tear the answer out of
// the peer's hands.
asio::awaitable<void> Transport::Machine::hang_up(beast::tcp_stream& stream) {
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  std::array<char, std::size_t{16} << 10U> away{};
  stream.expires_after(std::chrono::seconds{1});
  for (std::size_t drained = 0; drained < kMostDrained;) {
    const auto [fault, n] = co_await stream.async_read_some(asio::buffer(away), kAwait);
    if (fault) break;
    drained += n;
  }
}

void Transport::Machine::begin_stop() {
  if (is_stopping) return;
  is_stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  signals.cancel(ignored);
  if (stopping) stopping();
  for (beast::tcp_stream* stream : idle)
    stream->cancel();
  grace.expires_after(limits.grace);
  grace.async_wait([this](const error_code& fault) {
    if (fault) return;
    // What is still being answered need not be.
    for (const auto& exchange : asked)
      *exchange->is_unwanted = true;
    context.stop();
  });
  end_if_empty();
}

Transport::Transport(std::unique_ptr<Machine> machine) : machine_{std::move(machine)} {}
Transport::~Transport() = default;

Result<std::unique_ptr<Transport>> Transport::open(const std::string& address,
                                                   std::uint16_t port,
                                                   const TransportLimits& limits,
                                                   Handler handler,
                                                   HungUp hung_up) {
  // Each connection is a descriptor; the usual limit of 1024 is a soft one.
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
  }
  auto machine = std::make_unique<Machine>();
  machine->limits = limits;
  machine->handler = std::move(handler);
  machine->hung_up = std::move(hung_up);
  if (const Status listening = machine->listen(address, port); !listening) return listening.error();
  return std::unique_ptr<Transport>{new Transport{std::move(machine)}};
}

std::uint16_t Transport::port() const {
  return machine_->port;
}

void Transport::run(const std::function<void()>& stopping) {
  Machine& machine = *machine_;
  machine.stopping = stopping;
  error_code ignored;
  machine.signals.add(SIGTERM, ignored);
  machine.signals.add(SIGINT, ignored);
  machine.signals.async_wait([&machine](const error_code& fault, int) {
    if (!fault) machine.begin_stop();
  });
  asio::co_spawn(machine.context, machine.accept_all(), asio::detached);
  machine.context.run();
}

void Transport::stop() {
  asio::post(machine_->context, [this] { machine_->begin_stop(); });
}

TransportCounts Transport::counts() const {
  return {.connections = machine_->connections, .refused = machine_->refused};
}

bool is_loopback(const std::string& address) {
  error_code fault;
  const asio::ip::address ip = asio::ip::make_address(address, fault);
  return !fault && ip.is_loopback();
}

}  // namespace karvan::server
