#include "explore/search_task.hpp"

namespace heddle::explore {

std::string write_task(const SearchTask& task) {
    MessageWriter writer;
    writer.put(task.kind);
    writer.put(task.most_executions);
    writer.put(task.seed);
    writer.put(task.part);
    writer.put_all(task.crashes);
    return writer.bytes();
}

SearchTask read_task(const std::string& message) {
    MessageReader reader(message);
    SearchTask task;
    reader.get(task.kind);
    reader.get(task.most_executions);
    reader.get(task.seed);
    reader.get(task.part);
    reader.get_all(task.crashes);
    return task;
}

void write_news(MessageWriter& writer, const News& news) {
    writer.put(news.kind);
    if (news.kind == NewsKind::sequence) {
        writer.put(news.length);
        writer.put(news.sequence);
    } else if (news.kind == NewsKind::end) {
        writer.put(news.end.statistics);
        writer.put(news.end.ended_by);
        writer.put(news.end.complete);
        writer.put(news.end.diverged);
        writer.put(news.end.missed);
        writer.put_all(news.end.left);
    } else {
        writer.put(news.found.finding);
        writer.put(news.found.schedule);
        writer.put(news.found.execution);
    }
}

News read_news(MessageReader& reader) {
    News news;
    reader.get(news.kind);
    if (news.kind == NewsKind::sequence) {
        reader.get(news.length);
        reader.get(news.sequence);
    } else if (news.kind == NewsKind::end) {
        reader.get(news.end.statistics);
        reader.get(news.end.ended_by);
        reader.get(news.end.complete);
        reader.get(news.end.diverged);
        reader.get(news.end.missed);
        reader.get_all(news.end.left);
    } else {
        reader.get(news.found.finding);
        reader.get(news.found.schedule);
        reader.get(news.found.execution);
    }
    return news;
}

}  // namespace heddle::explore
