// The functions that a page calls: bytes and numbers in, bytes out. See README.md.

#include <cstddef>
#include <cstdint>

#include "door.h"

namespace {

karvan::browser::Door& door() {
  static karvan::browser::Door the_door;
  return the_door;
}

}  // namespace

extern "C" {

[[clang::export_name("karvan_input")]] char* karvan_input(std::size_t size) {
  door().input.resize(size);
  return door().input.data();
}

[[clang::export_name("karvan_reply")]] const char* karvan_reply() {
  return door().reply.data();
}

[[clang::export_name("karvan_reply_size")]] std::size_t karvan_reply_size() {
  return door().reply.size();
}

[[clang::export_name("karvan_file")]] void karvan_file(std::size_t name_size) {
  door().add_file(name_size);
}

[[clang::export_name("karvan_load")]] void karvan_load() {
  door().load();
}

[[clang::export_name("karvan_world")]] void karvan_world() {
  door().open_world();
}

[[clang::export_name("karvan_plan")]] void karvan_plan(std::size_t world) {
  door().plan(world);
}

[[clang::export_name("karvan_reach")]] void karvan_reach(std::size_t world) {
  door().reach(world);
}

[[clang::export_name("karvan_why_not")]] void karvan_why_not(std::size_t world) {
  door().why_not(world);
}

[[clang::export_name("karvan_assess")]] void karvan_assess(std::size_t world, std::size_t option) {
  door().assess(world, option);
}

[[clang::export_name("karvan_replay")]] void karvan_replay(std::size_t world, std::size_t option) {
  door().begin_replay(world, option);
}

[[clang::export_name("karvan_replay_run")]] void karvan_replay_run() {
  door().run_replay();
}

[[clang::export_name("karvan_vary")]] void karvan_vary() {
  door().vary();
}

[[clang::export_name("karvan_assumed")]] void karvan_assumed() {
  door().assumed();
}

[[clang::export_name("karvan_forget")]] void karvan_forget(std::size_t world) {
  door().forget(world);
}

[[clang::export_name("karvan_compile_begin")]] void karvan_compile_begin(std::size_t world) {
  door().begin_compile(world);
}

[[clang::export_name("karvan_compile_step")]] std::size_t karvan_compile_step(std::size_t ways) {
  return door().step_compile(ways);
}

[[clang::export_name("karvan_compile_end")]] void karvan_compile_end() {
  door().end_compile();
}

[[clang::export_name("karvan_run_begin")]] void karvan_run_begin(std::size_t number,
                                                                 std::uint32_t replication,
                                                                 int keep) {
  door().begin_run(number, replication, keep != 0);
}

[[clang::export_name("karvan_run_step")]] double karvan_run_step(int days) {
  return door().step_run(days);
}

[[clang::export_name("karvan_run_end")]] void karvan_run_end() {
  door().end_run();
}

[[clang::export_name("karvan_trips")]] void karvan_trips() {
  door().trips();
}

[[clang::export_name("karvan_flows")]] void karvan_flows() {
  door().flows();
}

[[clang::export_name("karvan_estimates")]] void karvan_estimates(std::size_t number) {
  door().estimate(number);
}

[[clang::export_name("karvan_differences")]] void karvan_differences(std::size_t base,
                                                                     std::size_t other) {
  door().compare(base, other);
}

}  // extern "C"
