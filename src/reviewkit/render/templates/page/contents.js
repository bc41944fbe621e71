// The contents: the section being read is marked, and a panel of them closes when left.
(function(){
var links=[].slice.call(document.querySelectorAll(".rk-contents a"));
var box=document.querySelector(".rk-contents");
var pairs=links.map(function(link){return [link,document.getElementById(decodeURIComponent(link.hash.slice(1)))];})
  .filter(function(pair){return pair[1];});
if(!pairs.length)return;
if(box.hidePopover)box.addEventListener("click",function(event){
  if(event.target.tagName==="A"&&box.matches(":popover-open"))box.hidePopover();
});
var asked=false;
function mark(){
  asked=false;
  var line=Math.min(window.innerHeight*0.35,320),here=pairs[0];
  pairs.forEach(function(pair){if(pair[1].getBoundingClientRect().top<=line)here=pair;});
  var room=document.documentElement;
  if(room.scrollHeight>window.innerHeight+8&&window.scrollY+window.innerHeight>=room.scrollHeight-2)here=pairs[pairs.length-1];
  pairs.forEach(function(pair){
    if(pair===here)pair[0].setAttribute("aria-current","location");
    else pair[0].removeAttribute("aria-current");
  });
}
function ask(){if(!asked){asked=true;requestAnimationFrame(mark);}}
document.addEventListener("scroll",ask,{passive:true});
window.addEventListener("resize",ask);
mark();
})();
