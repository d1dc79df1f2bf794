// A process forked from this one that does tasks, and whose death is no harm.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explore/gauges.hpp"

namespace heddle::explore {

/// One end of the talk between a worker and who started it. Not thread-safe.
class Channel {
  public:
    explicit Channel(int file) noexcept : file_(file) {}
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    ~Channel();

    [[nodiscard]] int file() const noexcept { return file_; }
    /// Waits until the other end has room. False: the other end is gone.
    bool send(const std::string& message) noexcept;
    /// Waits for a message; nothing: the other end is gone.
    [[nodiscard]] std::optional<std::string> receive();
    /// The messages that have come whole. False: the other end is gone, and these are its last ones.
    bool receive_available(std::vector<std::string>& messages);

  private:
    [[nodiscard]] bool read_more();
    [[nodiscard]] std::optional<std::string> next_whole();

    int file_;
    std::string unread_;
    std::size_t read_ = 0;  // so much of it is
};

/// Memory that this process and its workers share.
template <class Type>
class Shared {
  public:
    Shared();
    ~Shared();
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;
    [[nodiscard]] Type& operator*() const noexcept { return *object_; }
    [[nodiscard]] Type* operator->() const noexcept { return object_; }

  private:
    Type* object_;
};

extern template class Shared<Gauges>;
extern template class Shared<std::atomic<std::uint64_t>>;

class WorkerProcess {
  public:
    /// What the worker does; its process ends when it returns.
    using Body = std::function<void(Channel& parent, Gauges& gauges)>;

    /// Starts it. Precondition: this process has one thread.
    explicit WorkerProcess(const Body& body);
    /// Kills it, if it has not ended.
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    [[nodiscard]] Channel& channel() noexcept { return *channel_; }
    [[nodiscard]] Gauges& gauges() noexcept { return *gauges_; }
    /// After the channel has said that it is gone: the signal that ended it, or 0. A worker that ended with a
    /// status has said why nobody can go on: this process ends with it, too.
    [[nodiscard]] int wait_for_end() noexcept;

  private:
    Shared<Gauges> gauges_;
    std::unique_ptr<Channel> channel_;
    pid_t process_ = -1;
};

}  // namespace heddle::explore
