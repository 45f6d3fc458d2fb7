using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using GmmTools.Core.Tests.Connectors;
using GmmTools.Files;
using Xunit;

namespace GmmTools.Core.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_device_is_written_through_and_stays_one()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Write("/dev/null", "gone");
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.False(UnixFileStatus.Find("/dev/null")!.Value.IsRegular);
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        OutputException error = Assert.Throws<OutputException>(() => Write("/dev/full", "no room"));
        Assert.Equal("DiskFull", error.ErrorId);
        Assert.Contains("/dev/full", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_stays_and_its_target_is_replaced(bool exists)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string target = _folder.PathOf("target");
        if (exists)
        {
            _folder.Write("target", "old");
        }

        string second = _folder.PathOf("second");
        string first = _folder.PathOf("first");
        File.CreateSymbolicLink(second, "target");
        File.CreateSymbolicLink(first, second);
        Write(first, "new");
        Assert.Equal(second, new FileInfo(first).LinkTarget);
        Assert.Equal("target", new FileInfo(second).LinkTarget);
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    public void The_mode_of_a_file_stays(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = _folder.Write("file", "old");
        File.SetUnixFileMode(path, mode);
        UnixFileMode? during = null;
        OutputFile.Write(path, _ => during = ModeOf(Others(path).Single()));
        Assert.Equal(mode, during);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Many_writers_of_one_file_do_not_disturb_each_other()
    {
        string path = _folder.PathOf("file");
        string[] contents = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 100_000))];
        for (int round = 0; round < 40; round++)
        {
            // they meet as often where there is no file yet as where there is one
            if (round % 2 == 0)
            {
                File.Delete(path);
            }

            await Task.WhenAll(contents.Select(content => Task.Run(() => Write(path, content))));
            Assert.Contains(await File.ReadAllTextAsync(path), contents);
        }

        Assert.Empty(Others(path));
    }

    [Fact]
    public void Files_of_the_user_beside_it_are_left_alone()
    {
        string path = _folder.Write("file", "old");
        string[] others = [_folder.Write("file.tmp", "mine"), _folder.Write("file.partial", "mine"), _folder.Write(".file.mine.tmp", "mine")];
        Write(path, "new");
        OutputFile.Delete(path);
        Assert.All(others, other => Assert.Equal("mine", File.ReadAllText(other)));
        Assert.Equal(others.Order(), Directory.GetFiles(_folder.FullName).Order());
    }

    [Fact]
    public void What_a_killed_writer_left_goes_with_the_file()
    {
        string path = _folder.Write("file", "old");
        _folder.Write($".file.{Guid.NewGuid():N}.tmp", "half");
        OutputFile.Delete(path);
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_failure_leaves_the_old_content_and_nothing_else()
    {
        string path = _folder.Write("file", "old");
        OutputException error = Assert.Throws<OutputException>(() => OutputFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("torn");
        }));
        Assert.Equal("UnwritableFile", error.ErrorId);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Empty(Others(path));
    }

    [Theory]
    [InlineData("none/file", "PathNotFound")]
    [InlineData("", "UnwritableFile")]
    public void Errors_name_the_file_that_was_asked_for(string name, string errorId)
    {
        string path = _folder.PathOf(name);
        OutputException error = Assert.Throws<OutputException>(() => Write(path, "text"));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.OffendingValue);
    }

    [Fact]
    public void Names_as_long_as_the_system_allows_are_written()
    {
        string path = _folder.PathOf(new string('x', 255));
        Write(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
    }

    private static void Write(string path, string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        OutputFile.Write(path, stream => stream.Write(bytes, 0, bytes.Length));
    }

    private static UnixFileMode ModeOf(string path) => new FileInfo(path).UnixFileMode;

    private string[] Others(string path) => [.. Directory.GetFiles(_folder.FullName).Where(file => file != path)];
}
