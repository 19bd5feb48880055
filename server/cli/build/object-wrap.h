// Read before each file of better-sqlite3: Node's ObjectWrap without the cleanup hooks that it has from 24.19 on
// (nodejs/node#65446). Where no context is entered, as in most collections, removing one ends the process.
#include <node.h>
#define AddEnvironmentCleanupHook(isolate, hook, wrap) static_cast<void>(0)
#define RemoveEnvironmentCleanupHook(isolate, hook, wrap) static_cast<void>(0)
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook
