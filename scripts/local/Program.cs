using Klever.Local.Cluster;

await using var cluster = await LocalCluster.StartAsync(new LocalClusterOptions { Port = 18080, DefinitionFiles = args });
Console.WriteLine(cluster.Address);
await Task.Delay(Timeout.Infinite);
