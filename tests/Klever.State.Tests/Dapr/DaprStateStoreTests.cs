using Klever.Testing.Dapr;

namespace Klever.State.Tests.Dapr;

public sealed class DaprStateStoreOverRedisTests() : DaprStateStoreContract(clock => new RedisComponent(clock));

public sealed class DaprStateStoreOverRealRedisTests() : DaprStateStoreContract(clock => new RedisServerComponent(clock));

public sealed class DaprStateStoreOverPostgreSqlTests() : DaprStateStoreContract(clock => new PostgreSqlComponent(clock));

public sealed class DaprStateStoreOverSqliteTests() : DaprStateStoreContract(clock => new SqliteComponent(clock));

public sealed class DaprStateStoreOverInMemoryTests() : DaprStateStoreContract(clock => new InMemoryComponent(clock));
