using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;

namespace GmmTools.Database.Tests.Support;

/// <summary>Two servers of ClickHouse in a temporary folder, each of which knows both as shards of a cluster.</summary>
public sealed class ClickHouseCluster : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder;
    private readonly int[] _ports = [.. Enumerable.Range(0, 4).Select(_ => FindPort())];
    private readonly Process?[] _servers = new Process?[2];

    public ClickHouseCluster()
    {
        _folder = new Lazy<DirectoryInfo>(Start);
    }

    /// <summary>Why there is none; null where the server is installed.</summary>
    internal static string? Missing { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, "clickhouse-server")))
        ? null
        : "ClickHouse's server is not installed (on Debian: apt-get install clickhouse-server)";

    /// <summary>A connection to one of the servers.</summary>
    internal ClickHouseConnection Connect(int server)
    {
        _ = _folder.Value;
        return new ClickHouseConnection(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[(2 * server) + 1]}/"));
    }

    public void Dispose()
    {
        foreach (Process? server in _servers)
        {
            server?.Kill();
            server?.WaitForExit();
            server?.Dispose();
        }

        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(true);
        }
    }

    private static int FindPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private DirectoryInfo Start()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gmmtools-clickhouse");
        File.WriteAllText(Path.Combine(folder.FullName, "users.xml"), "<yandex><profiles><default/></profiles><users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>");
        for (int server = 0; server < 2; server++)
        {
            string own = Path.Combine(folder.FullName, server.ToString(CultureInfo.InvariantCulture));
            string shards = string.Concat(Enumerable.Range(0, 2).Select(shard => string.Create(
                CultureInfo.InvariantCulture, $"<shard><replica><host>127.0.0.1</host><port>{_ports[2 * shard]}</port></replica></shard>")));
            string config = Path.Combine(folder.FullName, FormattableString.Invariant($"config{server}.xml"));
            File.WriteAllText(config, string.Create(
                CultureInfo.InvariantCulture,
                $"<yandex><logger><level>error</level><log>{own}.log</log><errorlog>{own}.err</errorlog></logger><tcp_port>{_ports[2 * server]}</tcp_port><http_port>{_ports[(2 * server) + 1]}</http_port><listen_host>127.0.0.1</listen_host><path>{own}/</path><tmp_path>{own}/tmp/</tmp_path><users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>100000000</mark_cache_size><remote_servers><both>{shards}</both></remote_servers></yandex>"));
            _servers[server] = Process.Start(new ProcessStartInfo("clickhouse-server", ["--config-file=" + config])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = folder.FullName,
            });
        }

        Wait(_ports[1]);
        Wait(_ports[3]);
        return folder;
    }

    private static void Wait(int port)
    {
        using HttpClient client = new();
        for (int attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, FormattableString.Invariant($"http://127.0.0.1:{port}/ping"));
                client.Send(request).Dispose();
                return;
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(100);
            }
        }

        throw new InvalidOperationException("ClickHouse's server does not answer.");
    }
}
