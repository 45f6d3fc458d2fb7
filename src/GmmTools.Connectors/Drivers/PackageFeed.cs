using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Runtime.Serialization.Json;
using System.Threading;
using System.Xml;
using System.Xml.Linq;

namespace GmmTools.Connectors.Drivers;

/// <summary>A feed of NuGet's protocol, version 3: its index names the address under which the packages are.</summary>
/// <param name="index">The address of the index.</param>
internal sealed class PackageFeed(string index) : PackageSource
{
    private const string AddressKind = "PackageBaseAddress/3.0.0";

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(10) };
    private string? _address;

    /// <inheritdoc/>
    public override byte[] Read(LockedPackage package, CancellationToken stop)
    {
        _address ??= FindAddress(stop);
        return Get($"{_address}/{package.Id}/{package.Version}/{package.FileName}", stop) ?? throw NotFound(package, index);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }

    private string FindAddress(CancellationToken stop)
    {
        byte[] text = Get(index, stop) ?? throw Failure("there is no index at this address", null);
        try
        {
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(text, new XmlDictionaryReaderQuotas());
            XElement? service = XElement.Load(reader).Elements("resources").Elements().FirstOrDefault(resource => Value(resource, "@type") == AddressKind);
            return service is not null && Value(service, "@id") is string address
                ? address.TrimEnd('/')
                : throw Failure($"its index names no {AddressKind}", null);
        }
        catch (XmlException exception)
        {
            throw Failure("its index is not JSON", exception);
        }
    }

    /// <summary>A value by a name that may be none of XML, which the reader then keeps in an attribute.</summary>
    private static string? Value(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => ((string?)child.Attribute("item") ?? child.Name.LocalName) == name)?.Value;

    private byte[]? Get(string address, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage answer = _client.GetAsync(new Uri(address), HttpCompletionOption.ResponseContentRead, stop).GetAwaiter().GetResult();
            return answer.StatusCode == HttpStatusCode.NotFound ? null
                : answer.IsSuccessStatusCode ? ReadHere(answer.Content)
                : throw Failure($"it answered {(int)answer.StatusCode} ({answer.ReasonPhrase})", null);
        }
        catch (OperationCanceledException exception) when (!stop.IsCancellationRequested)
        {
            throw Failure("it did not answer in time", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failure((exception.InnerException ?? exception).Message, exception);
        }
    }

    /// <summary>The content has arrived with the answer.</summary>
    private static byte[] ReadHere(HttpContent content)
    {
        using MemoryStream bytes = new();
        content.CopyToAsync(bytes).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    private DriverException Failure(string reason, Exception? exception) =>
        new("SourceNotReachable", $"The feed '{index}' cannot be read: {reason.TrimEnd('.')}.", index, exception);
}
